package dev.latchkey.session;

import java.util.Optional;

import dev.latchkey.account.PasswordLogin;
import dev.latchkey.account.ProvenPassword;
import dev.latchkey.account.RawPassword;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.SessionUser;
import dev.latchkey.problem.TooManyException;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Signs people in at the login page. Who is trying to stands in the details.
 */
class PasswordLoginProvider implements AuthenticationProvider {

	private final PasswordLogin login;

	PasswordLoginProvider(PasswordLogin login) {
		this.login = login;
	}

	@Override
	public Authentication authenticate(Authentication authentication) {
		Actor by = (authentication.getDetails() instanceof Actor actor) ? actor : Actor.GUEST;
		String email = authentication.getName();
		RawPassword password = new RawPassword(String.valueOf(authentication.getCredentials()));
		ProvenPassword proven = prove(by, email, password)
			.orElseThrow(() -> new BadCredentialsException("The provided credentials are incorrect"));
		return UsernamePasswordAuthenticationToken.authenticated(new SessionUser(proven.user().id(), proven.version()),
				null, AuthorityUtils.NO_AUTHORITIES);
	}

	private Optional<ProvenPassword> prove(Actor by, String email, RawPassword password) {
		try {
			return this.login.authenticate(by, email, password);
		}
		catch (TooManyException ex) {
			throw new SignInLimitedException(ex);
		}
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
	}

}
