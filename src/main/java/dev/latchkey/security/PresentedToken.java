package dev.latchkey.security;

import java.util.List;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/**
 * A token as it was presented, about which nothing is known yet.
 */
class PresentedToken extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient String value;

	private final transient PresentationContext context;

	PresentedToken(String value, PresentationContext context) {
		super(List.of());
		this.value = value;
		this.context = context;
	}

	String value() {
		return this.value;
	}

	PresentationContext context() {
		return this.context;
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
