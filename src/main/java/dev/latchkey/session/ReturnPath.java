package dev.latchkey.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import dev.latchkey.value.TokenForm;
import dev.latchkey.web.TokensInParameters;
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
import org.springframework.web.util.UriUtils;

/**
 * Remembers where somebody was who has to sign in first. Only the path, with what was
 * typed where the page can show it again: Spring's own cache would put all headers, with
 * the cookies, into the database.
 */
@Component
class ReturnPath implements RequestCache {

	private static final String ATTRIBUTE = ReturnPath.class.getName();

	private static final int MAX_LENGTH = 16_000;

	/** None of these is a secret, or it would stand in an address. */
	private static final Map<String, List<String>> KEPT = Map.of("/tokens/new",
			List.of("name", "expiration", "until", "scopes", "allowedIps", "rateLimit"));

	/**
	 * Keeps the path, whatever the method: each page that takes a form also shows it.
	 */
	@Override
	public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
		String accept = request.getHeader(HttpHeaders.ACCEPT);
		String query = isRead(request) ? read(request) : typed(request);
		String path = request.getRequestURI() + ((query != null && !query.isEmpty()) ? "?" + query : "");
		if (accept != null && accept.contains(MediaType.TEXT_HTML_VALUE) && path.length() <= MAX_LENGTH) {
			request.getSession().setAttribute(ATTRIBUTE, path);
		}
	}

	/** The pages take no token in their addresses, so that none is led to there. */
	private static @Nullable String read(HttpServletRequest request) {
		return TokensInParameters.find(request).isEmpty() ? request.getQueryString() : null;
	}

	/** What was typed into a form whose page fills itself in from its address. */
	private static String typed(HttpServletRequest request) {
		StringJoiner query = new StringJoiner("&");
		for (String name : KEPT.getOrDefault(request.getRequestURI(), List.of())) {
			String[] values = request.getParameterValues(name);
			for (String value : (values != null) ? values : new String[0]) {
				if (!value.isEmpty() && !TokenForm.isIn(value)) {
					query.add(name + "=" + UriUtils.encode(value, StandardCharsets.UTF_8));
				}
			}
		}
		return query.toString();
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
