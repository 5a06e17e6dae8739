package dev.latchkey.security;

import java.util.List;

import dev.latchkey.caller.Caller;
import dev.latchkey.verification.VerifiedToken;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * A caller with a good token. It cannot be changed.
 */
final class ApiTokenAuthentication implements Authentication {

	private static final long serialVersionUID = 1L;

	private final transient VerifiedToken token;

	ApiTokenAuthentication(VerifiedToken token) {
		this.token = token;
	}

	@Override
	public List<GrantedAuthority> getAuthorities() {
		return this.token.authorities();
	}

	@Override
	public Object getCredentials() {
		return "";
	}

	/** The token as it was verified, for routes that show it. */
	@Override
	public VerifiedToken getDetails() {
		return this.token;
	}

	@Override
	public Caller getPrincipal() {
		return this.token.caller();
	}

	@Override
	public boolean isAuthenticated() {
		return true;
	}

	@Override
	public void setAuthenticated(boolean authenticated) {
		throw new IllegalArgumentException("A verified token stays what it is");
	}

	@Override
	public String getName() {
		return this.token.caller().getName();
	}

}
