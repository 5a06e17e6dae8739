package dev.latchkey.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.stereotype.Component;

/**
 * Remembers where somebody was who has to sign in first. Only the path: Spring's own
 * cache would put all headers, with the cookies, into the database.
 */
@Component
class ReturnPath implements RequestCache {

	private static final String ATTRIBUTE = ReturnPath.class.getName();

	private static final int MAX_LENGTH = 16_000;

	/**
	 * Keeps the path, whatever the method: each page that takes a form also shows it.
	 */
	@Override
	public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		String query = request.getQueryString();
		String path = request.getRequestURI() + ((query != null && isRead(request)) ? "?" + query : "");
		if (accept != null && accept.contains(MediaType.TEXT_HTML_VALUE) && path.length() <= MAX_LENGTH) {
			request.getSession().setAttribute(ATTRIBUTE, path);
		}
	}

	@Override
	public @Nullable SavedRequest getRequest(HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		return (session != null && session.getAttribute(ATTRIBUTE) instanceof String path)
				? new SimpleSavedRequest(path) : null;
	}

	@Override
	public @Nullable HttpServletRequest getMatchingRequest(HttpServletRequest request, HttpServletResponse response) {
		return null;
	}

	@Override
	public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.removeAttribute(ATTRIBUTE);
		}
	}

	private static boolean isRead(HttpServletRequest request) {
		return "GET".equals(request.getMethod());
	}

}
