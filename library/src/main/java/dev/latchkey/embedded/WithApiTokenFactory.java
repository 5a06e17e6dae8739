package dev.latchkey.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentToken;
import dev.latchkey.caller.User;
import dev.latchkey.net.Networks;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenTimes;
import dev.latchkey.verification.VerifiedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.test.context.support.WithSecurityContextFactory;

/**
 * Makes what {@link WithApiToken} says.
 */
final class WithApiTokenFactory implements WithSecurityContextFactory<WithApiToken> {

	private @Nullable ObjectProvider<TokenOwners> owners;

	private @Nullable ObjectProvider<UserDetailsService> users;

	@Autowired
	void ask(ObjectProvider<TokenOwners> owners, ObjectProvider<UserDetailsService> users) {
		this.owners = owners;
		this.users = users;
	}

	@Override
	public SecurityContext createSecurityContext(WithApiToken wanted) {
		List<String> scopes = List.of(wanted.scopes());
		scopes.stream().filter((scope) -> !Scope.isName(scope)).findFirst().ifPresent((scope) -> {
			throw new IllegalArgumentException("'%s' is not the name of a scope".formatted(scope));
		});
		TokenOwner owner = wanted.owner().isEmpty() ? named(wanted.username()) : found(wanted.owner());
		UUID id = UUID.randomUUID();
		User user = new User(UUID.randomUUID(), owner.username(), owner.name(), Set.of(wanted.role()), true, null);
		Caller caller = new Caller(user, Set.copyOf(scopes),
				new CurrentToken(id, "For a test", null, Scopes.of(scopes), Resources.OWN, null, null, false));
		VerifiedToken token = new VerifiedToken(id, TokenKind.PERSONAL, null, caller, List.of(),
				new TokenTimes(Instant.now(), null, null, null, null), Networks.ANY, null, null);
		return new SecurityContextImpl(new TokenAuthentication(token, owner.principal()));
	}

	private static TokenOwner named(String username) {
		return new TokenOwner(username, username, username, true, Set.of(),
				org.springframework.security.core.userdetails.User.withUsername(username)
					.password("")
					.authorities(List.of())
					.build());
	}

	private TokenOwner found(String id) {
		TokenOwners known = (this.owners != null) ? this.owners.getIfAvailable() : null;
		UserDetailsService names = (this.users != null) ? this.users.getIfUnique() : null;
		if (known == null && names != null) {
			known = new UserDetailsOwners(names);
		}
		if (known == null) {
			throw new IllegalStateException(
					"This test has neither TokenOwners nor a UserDetailsService to say who '%s' is".formatted(id));
		}
		return known.find(id)
			.orElseThrow(() -> new IllegalStateException("Nobody in this test is called '%s'".formatted(id)));
	}

}
