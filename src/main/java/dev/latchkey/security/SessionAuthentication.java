package dev.latchkey.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Finds the caller behind a web session. The API asks it where a request has no header,
 * and knows nothing else of sessions.
 */
public interface SessionAuthentication {

	/**
	 * Returns the caller, or null where nobody is signed in.
	 */
	@Nullable Authentication find(HttpServletRequest request);

	/**
	 * Returns whether a session says who is calling, so that changes need its CSRF token.
	 */
	boolean isSignedIn(HttpServletRequest request);

}
