package dev.latchkey.security;

import dev.latchkey.user.Caller;
import dev.latchkey.verification.VerifiedToken;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * A caller with a good token.
 */
class ApiTokenAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient VerifiedToken token;

	ApiTokenAuthentication(VerifiedToken token) {
		super(token.authorities());
		this.token = token;
		super.setAuthenticated(true);
	}

	@Override
	public Object getCredentials() {
		return "";
	}

	@Override
	public Caller getPrincipal() {
		return this.token.caller();
	}

}
