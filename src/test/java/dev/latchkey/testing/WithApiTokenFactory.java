package dev.latchkey.testing;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentToken;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.ScopeAuthorities;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.test.context.support.WithSecurityContextFactory;

/**
 * Makes the caller that {@link WithApiToken} describes.
 */
class WithApiTokenFactory implements WithSecurityContextFactory<WithApiToken> {

	private final ScopeCatalogue catalogue;

	private final UserService users;

	WithApiTokenFactory(ScopeCatalogue catalogue, UserService users) {
		this.catalogue = catalogue;
		this.users = users;
	}

	@Override
	public SecurityContext createSecurityContext(WithApiToken wanted) {
		User user = this.users.findByEmail(wanted.user())
			.orElseGet(() -> new User(UUID.randomUUID(), wanted.user(), "Some Body", Set.of(wanted.roles()), true,
					Instant.EPOCH));
		Scopes scopes = Scopes.of(wanted.scopes());
		Set<String> rights = this.catalogue.effective(scopes, user.roles());
		CurrentToken token = new CurrentToken(UUID.randomUUID(), "test", null, scopes, Resources.OWN, "lkp_…test", null,
				false);
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(new Caller(user, rights, token), "",
				ScopeAuthorities.of(rights, user.roles())));
		return context;
	}

}
