package dev.latchkey.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;

/**
 * Finds the caller behind a web session. The API asks it where a request has no header,
 * and knows nothing else of sessions.
 */
public interface SessionAuthentication {

	/** Knows nobody: for where no cookie is looked at. */
	SessionAuthentication NONE = new SessionAuthentication() {

		@Override
		public @Nullable Authentication find(HttpServletRequest request) {
			return null;
		}

		@Override
		public boolean isSignedIn(HttpServletRequest request) {
			return false;
		}

	};

	/**
	 * Returns the caller, or null where nobody is signed in.
	 */
	@Nullable Authentication find(HttpServletRequest request);

	/**
	 * Returns whether a session says who is calling, so that changes need its CSRF token.
	 */
	boolean isSignedIn(HttpServletRequest request);

}
