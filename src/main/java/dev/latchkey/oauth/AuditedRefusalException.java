package dev.latchkey.oauth;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * Refuses a request of which the audit has heard already, from whoever knew best why.
 */
class ToldRefusal extends OAuth2AuthenticationException {

	private static final long serialVersionUID = 1L;

	ToldRefusal(OAuth2Error error) {
		super(error);
	}

}
