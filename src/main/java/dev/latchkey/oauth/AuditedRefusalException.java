package dev.latchkey.oauth;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * Refuses a request. The audit has been told of it already, by the class that knew the
 * reason best.
 */
class AuditedRefusalException extends OAuth2AuthenticationException {

	private static final long serialVersionUID = 1L;

	AuditedRefusalException(OAuth2Error error) {
		super(error);
	}

}
