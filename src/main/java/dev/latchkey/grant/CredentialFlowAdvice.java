package dev.latchkey.grant;

import dev.latchkey.endpoint.OAuthException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers what is refused elsewhere in the credential flow's own words.
 */
@RestControllerAdvice(assignableTypes = CredentialFlowController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class CredentialFlowAdvice {

	@ExceptionHandler(OAuthException.class)
	ResponseEntity<Object> refused() {
		return CredentialRefusal.refreshToken();
	}

	@ExceptionHandler(HttpMessageNotReadableException.class)
	ResponseEntity<Object> unreadable(HttpServletRequest request) {
		return request.getRequestURI().endsWith("/refresh-token") ? CredentialRefusal.refreshToken()
				: CredentialRefusal.credentials();
	}

}
