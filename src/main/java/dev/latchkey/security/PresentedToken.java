package dev.latchkey.security;

import java.util.List;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * A token as it was presented, about which nothing is known yet.
 */
class PresentedToken extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient String value;

	private final transient RequestOrigin origin;

	PresentedToken(String value, RequestOrigin origin) {
		super(List.of());
		this.value = value;
		this.origin = origin;
	}

	String value() {
		return this.value;
	}

	RequestOrigin origin() {
		return this.origin;
	}

	@Override
	public Object getCredentials() {
		return "";
	}

	@Override
	public Object getPrincipal() {
		return "";
	}

}
