package dev.latchkey.monitoring;

import java.util.Set;

import dev.latchkey.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.HandlerMapping;

/**
 * What is said of a request that was answered, in figures and in traces. Nothing of it is
 * of a client's own making.
 */
final class AnsweredRequest {

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
			"TRACE");

	private AnsweredRequest() {
	}

	/**
	 * Returns the method, or what stands for all that a client made up.
	 */
	static String method(HttpServletRequest request, String other) {
		return METHODS.contains(request.getMethod()) ? request.getMethod() : other;
	}

	/**
	 * Returns the pattern of the route, or the path of the endpoint, that the request
	 * came to, or null where it came to none. Filters that answer by themselves set it as
	 * Spring MVC does.
	 */
	static @Nullable String route(HttpServletRequest request) {
		Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (pattern != null) ? pattern.toString() : null;
	}

	/**
	 * Returns the status with which the request ended. What nobody caught has its answer
	 * made after all filters, so the response does not know it yet.
	 * @param failure what nobody caught, or null
	 */
	static int status(HttpServletResponse response, @Nullable Throwable failure) {
		return (failure != null) ? Problems.status(failure).value() : response.getStatus();
	}

}
