package dev.latchkey.security;

import java.util.List;

import dev.latchkey.caller.Caller;
import dev.latchkey.limit.RateLimit;
import dev.latchkey.verification.AdmittedToken;
import dev.latchkey.verification.VerifiedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * A caller with a good token. It cannot be changed.
 */
final class ApiTokenAuthentication implements Authentication {

	private static final long serialVersionUID = 1L;

	private final transient VerifiedToken token;

	private final transient @Nullable RateLimit limit;

	ApiTokenAuthentication(AdmittedToken admitted) {
		this.token = admitted.token();
		this.limit = admitted.limit();
	}

	/** What the token has left, or null where nothing is counted. */
	@Nullable RateLimit limit() {
		return this.limit;
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
