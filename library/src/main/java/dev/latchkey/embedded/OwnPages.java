package dev.latchkey.embedded;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

import dev.latchkey.caller.SignInTooOldException;
import dev.latchkey.language.EmbeddedLanguage;
import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.scope.ScopeDeniedException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.crypto.codec.Utf8;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;
import org.springframework.security.web.csrf.DeferredCsrfToken;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.web.servlet.ModelAndView;

/**
 * Shows people their tokens in the application, on the server's pages: put into a layout
 * of the application's, or plainly. What is refused otherwise than by a page, the
 * application's own page for errors shows.
 */
final class OwnPages {

	private static final Logger log = LoggerFactory.getLogger(OwnPages.class);

	private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	/** How a form sends the application's CSRF token: as it is, or masked. */
	private static final List<CsrfTokenRequestHandler> SENT = List.of(new CsrfTokenRequestAttributeHandler(),
			new XorCsrfTokenRequestAttributeHandler());

	private final OwnControllers controllers;

	private final OwnPaths paths;

	private final EmbeddedProperties.Routes wanted;

	/** Where a sign-in of Spring's finds to where it leads back. */
	private final HttpSessionRequestCache returnPath = new HttpSessionRequestCache();

	OwnPages(OwnControllers controllers, OwnPaths paths, EmbeddedProperties.Routes wanted) {
		this.controllers = controllers;
		this.paths = paths;
		this.wanted = wanted;
	}

	/**
	 * Answers, or returns what the application's layout is to show.
	 * @throws OwnerUnknownException if the application does not say who is signed in
	 */
	@Nullable ModelAndView show(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		String base = this.paths.base(request);
		if (!request.getRequestURI().startsWith(base + OwnPaths.PAGES)) {
			response.sendError(HttpServletResponse.SC_NOT_FOUND);
			return null;
		}
		if (!READING.contains(request.getMethod()) && !hasCsrfToken(request)) {
			log.warn("A form about tokens is refused: it lacks the application's CSRF token,"
					+ " for which the application does not ask where it is sent to");
			response.sendError(HttpServletResponse.SC_FORBIDDEN);
			return null;
		}
		EmbeddedLanguage.note(request);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		PageResponse page = new PageResponse(response);
		try {
			this.controllers.dispatch(new PageRequest(request, base), page, true);
		}
		catch (ServletException ex) {
			refuse(ex, request, response);
			return null;
		}
		return shown(page, response);
	}

	/**
	 * Returns whether the application's CSRF token comes with the request. That the
	 * application has one does not say that it has asked for it: it may leave out some
	 * paths.
	 */
	private static boolean hasCsrfToken(HttpServletRequest request) {
		if (!(request.getAttribute(DeferredCsrfToken.class.getName()) instanceof DeferredCsrfToken deferred)) {
			return false;
		}
		CsrfToken expected = deferred.get();
		try {
			return SENT.stream()
				.anyMatch((one) -> isSame(expected.getToken(), one.resolveCsrfTokenValue(request, expected)));
		}
		catch (IllegalArgumentException ex) {
			// It cannot be decoded.
			return false;
		}
	}

	private static boolean isSame(String expected, @Nullable String sent) {
		return sent != null && MessageDigest.isEqual(Utf8.encode(expected), Utf8.encode(sent));
	}

	private @Nullable ModelAndView shown(PageResponse page, HttpServletResponse response) throws IOException {
		if (page.refusal() != 0) {
			int status = page.refusal();
			response.setContentType(null);
			response.sendError(status);
			return null;
		}
		String html = page.html();
		if (html.isEmpty() || this.wanted.layout().isEmpty()) {
			page.copyBodyToResponse();
			return null;
		}
		return new ModelAndView(this.wanted.layout(), "latchkey", LatchkeyPage.of(html));
	}

	private void refuse(ServletException failure, HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		Throwable cause = failure.getCause();
		if (cause instanceof SignInTooOldException) {
			if (HttpMethod.GET.matches(request.getMethod())) {
				this.returnPath.saveRequest(request, response);
			}
			response.sendRedirect(request.getContextPath() + this.wanted.signIn());
		}
		else if (cause instanceof ScopeDeniedException || cause instanceof AccessDeniedException) {
			response.sendError(HttpServletResponse.SC_FORBIDDEN);
		}
		else if (cause instanceof OwnerUnknownException || DatabaseOutage.isCauseOf(failure)) {
			log.warn("A page about tokens cannot be shown: {}", failure.getClass().getSimpleName());
			undecided(response);
		}
		else {
			throw failure;
		}
	}

	/** Nothing can be shown now. */
	static void undecided(HttpServletResponse response) throws IOException {
		response.setHeader(HttpHeaders.RETRY_AFTER, DatabaseOutage.RETRY_AFTER_SECONDS);
		response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
	}

}
