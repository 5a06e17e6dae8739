package dev.latchkey.grant;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * The refusals of the credential flow. Of credentials and tokens they say the same
 * whatever was wrong; that there are too many tokens only who has proved himself reads.
 */
final class CredentialRefusal {

	private static final String CREDENTIALS = "Invalid credentials.";

	private static final String REFRESH_TOKEN = "The refresh token is invalid.";

	private CredentialRefusal() {
	}

	static ResponseEntity<Object> credentials() {
		return answer(HttpStatus.BAD_REQUEST, new CredentialsBody(CREDENTIALS, CREDENTIALS, CREDENTIALS));
	}

	static ResponseEntity<Object> refreshToken() {
		return answer(HttpStatus.UNAUTHORIZED, new RefreshTokenBody("invalid_request", REFRESH_TOKEN,
				"It is unknown, used, expired or revoked, or was given to another client.", REFRESH_TOKEN));
	}

	static ResponseEntity<Object> quota(String description) {
		return answer(HttpStatus.CONFLICT, new CredentialsBody("quota_exceeded", description, description));
	}

	private static ResponseEntity<Object> answer(HttpStatus status, Object body) {
		return ResponseEntity.status(status).cacheControl(CacheControl.noStore()).body(body);
	}

	record CredentialsBody(String error, String errorDescription, String message) {

	}

	record RefreshTokenBody(String error, String errorDescription, String hint, String message) {

	}

}
