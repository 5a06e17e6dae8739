package dev.latchkey.problem;

import java.util.List;
import java.util.stream.Stream;

import dev.latchkey.persistence.DatabaseOutage;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers what failed outside every controller: a problem for programs, a page for
 * people.
 */
@Controller
class ProblemErrorController implements ErrorController {

	/** Where programs call, beside services; everything else is for people. */
	private static final List<String> FOR_PROGRAMS = List.of("/api", "/security", "/oauth2/token", "/oauth2/jwks",
			"/forward-auth", "/secret-scanning", "/admin/my-account", "/user/my-account", "/.well-known",
			"/v3/api-docs", "/livez", "/readyz");

	private final ServicePaths services;

	ProblemErrorController(ServicePaths services) {
		this.services = services;
	}

	/**
	 * To an answer that has begun nothing is added; the container breaks it off.
	 */
	@RequestMapping("/error")
	@Nullable Object answer(HttpServletRequest request, HttpServletResponse response) {
		if (response.isCommitted()) {
			return null;
		}
		HttpStatus status = status(request);
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			response.setHeader(HttpHeaders.RETRY_AFTER, DatabaseOutage.RETRY_AFTER_SECONDS);
		}
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		if (isForPrograms(path(request)) || (status == HttpStatus.SERVICE_UNAVAILABLE && !namesHtml(request))) {
			return problem(status, request);
		}
		ModelAndView page = new ModelAndView("error", status);
		page.addObject("status", status.value());
		page.addObject("detail", request.getAttribute(Problems.DETAIL));
		return page;
	}

	/** A browser names HTML; what takes anything is a program. */
	private static boolean namesHtml(HttpServletRequest request) {
		try {
			return MediaType.parseMediaTypes(request.getHeader(HttpHeaders.ACCEPT))
				.stream()
				.anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	private static ResponseEntity<ProblemDetail> problem(HttpStatus status, HttpServletRequest request) {
		ProblemCode code = ProblemCode.of(status);
		String detail = code.title() + ".";
		if (code == ProblemCode.UNAVAILABLE) {
			detail = (request.getAttribute(Problems.DETAIL) instanceof String reason) ? reason : DatabaseOutage.DETAIL;
		}
		ProblemDetail problem = Problems.of(code, detail, List.of(), path(request));
		return ResponseEntity.status(code.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

	private static HttpStatus status(HttpServletRequest request) {
		Throwable failure = failure(request);
		if (failure != null && Problems.status(failure) == HttpStatus.SERVICE_UNAVAILABLE) {
			return HttpStatus.SERVICE_UNAVAILABLE;
		}
		HttpStatus status = (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code)
				? HttpStatus.resolve(code) : HttpStatus.NOT_FOUND;
		return (status != null) ? status : HttpStatus.INTERNAL_SERVER_ERROR;
	}

	private static @Nullable Throwable failure(HttpServletRequest request) {
		return (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
	}

	private static String path(HttpServletRequest request) {
		return (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path) ? path : "/error";
	}

	private boolean isForPrograms(String path) {
		return Stream.concat(FOR_PROGRAMS.stream(), this.services.all().stream())
			.anyMatch((start) -> path.equals(start) || path.startsWith(start + "/"));
	}

}
