package dev.latchkey.embedded;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.latchkey.token.TokenKind;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * Which requests come with a token of Latchkey's: by its prefix, so that whatever else an
 * application takes behind {@code Bearer} stays its own.
 */
class PresentedTokens {

	private static final String BEARER = "bearer ";

	private static final String DISPATCHER = DispatcherServlet.class.getName();

	private final String prefix;

	private final RequestMatcher paths;

	/** By name, whether it is another than Spring's. */
	private final Map<String, Boolean> others = new ConcurrentHashMap<>();

	PresentedTokens(String prefix, List<String> paths, PathPatternRequestMatcher.Builder matchers) {
		this.prefix = prefix;
		this.paths = new OrRequestMatcher(paths.stream().<RequestMatcher>map(matchers::matcher).toList());
	}

	/**
	 * Returns whether tokens are taken where the request is for: at a path of the
	 * settings, and where annotations can stand.
	 */
	boolean areTakenAt(HttpServletRequest request) {
		return this.paths.matches(request) && !isForAnotherServlet(request);
	}

	/** No annotation says what a token may do there. Servlets are few, and stay. */
	private boolean isForAnotherServlet(HttpServletRequest request) {
		String name = request.getHttpServletMapping().getServletName();
		Boolean known = this.others.get(name);
		return (known != null) ? known
				: this.others.computeIfAbsent(name, (unknown) -> isAnother(request.getServletContext(), unknown));
	}

	private static boolean isAnother(ServletContext context, String name) {
		ServletRegistration servlet = context.getServletRegistration(name);
		return servlet != null && !DISPATCHER.equals(servlet.getClassName());
	}

	/**
	 * Returns whether the request comes with one.
	 */
	boolean isIn(HttpServletRequest request) {
		return in(request) != null;
	}

	/**
	 * Returns what the request presents as a token, or null where it presents none.
	 */
	@Nullable Presented in(HttpServletRequest request) {
		List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
		for (String value : headers) {
			String token = token(value);
			if (token != null) {
				return new Presented(token, headers.size() > 1);
			}
		}
		return null;
	}

	/**
	 * Returns the header of a request with a token that ends so.
	 */
	String header(String rest) {
		return "Bearer " + this.prefix + TokenKind.PERSONAL.letter() + '_' + rest;
	}

	private @Nullable String token(String header) {
		String value = header.strip();
		if (value.length() < BEARER.length()
				|| !value.substring(0, BEARER.length()).toLowerCase(Locale.ROOT).equals(BEARER)) {
			return null;
		}
		String token = value.substring(BEARER.length()).strip();
		for (TokenKind kind : TokenKind.values()) {
			if (token.startsWith(this.prefix + kind.letter() + '_')) {
				return token;
			}
		}
		return null;
	}

	/**
	 * A token as a request presents it.
	 *
	 * @param token the raw token
	 * @param isAmbiguous whether the header is there more than once, so that nobody can
	 * say which counts
	 */
	record Presented(String token, boolean isAmbiguous) {

		/** Never with the token. */
		@Override
		public String toString() {
			return "Presented";
		}

	}

}
