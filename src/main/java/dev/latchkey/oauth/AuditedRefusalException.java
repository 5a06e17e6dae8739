package dev.latchkey.oauth;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * Refuses a request of which the audit has heard already, from whoever knew best why.
 */
class AuditedRefusalException extends OAuth2AuthenticationException {

	private static final long serialVersionUID = 1L;

	AuditedRefusalException(OAuth2Error error) {
		super(error);
	}

}
