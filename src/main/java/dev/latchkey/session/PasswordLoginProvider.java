package dev.latchkey.session;

import dev.latchkey.account.PasswordLogin;
import dev.latchkey.account.ProvenPassword;
import dev.latchkey.account.RawPassword;
import dev.latchkey.caller.SessionUser;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * Signs people in at the login page.
 */
class PasswordLoginProvider implements AuthenticationProvider {

	private final PasswordLogin login;

	PasswordLoginProvider(PasswordLogin login) {
		this.login = login;
	}

	@Override
	public Authentication authenticate(Authentication authentication) {
		String email = authentication.getName();
		RawPassword password = new RawPassword(String.valueOf(authentication.getCredentials()));
		ProvenPassword proven = this.login.authenticate(email, password)
			.orElseThrow(() -> new BadCredentialsException("The provided credentials are incorrect"));
		return UsernamePasswordAuthenticationToken.authenticated(new SessionUser(proven.user().id(), proven.version()),
				null, AuthorityUtils.NO_AUTHORITIES);
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
	}

}
