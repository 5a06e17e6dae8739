package dev.latchkey.embedded;

import java.io.IOException;
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

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.csrf.CsrfToken;
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
		if (!READING.contains(request.getMethod()) && request.getAttribute(CsrfToken.class.getName()) == null) {
			log.warn("A form about tokens is refused: the application has no CSRF protection where it is sent to");
			response.sendError(HttpServletResponse.SC_FORBIDDEN);
			return null;
		}
		EmbeddedLanguage.note(request, LocaleContextHolder.getLocale());
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
