package dev.latchkey.endpoint;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Stands before an endpoint that no controller answers, and does what Spring MVC does for
 * those that one answers: says under which name it is counted, and which methods it has.
 */
public final class EndpointFilter extends OncePerRequestFilter {

	private final String path;

	private final List<String> methods;

	private final OAuthResponses responses;

	private EndpointFilter(String path, List<String> methods, OAuthResponses responses) {
		this.path = path;
		this.methods = methods;
		this.responses = responses;
	}

	/**
	 * Places one before an endpoint.
	 * @param path the endpoint's path, by which it is counted
	 * @param methods the methods that it has
	 * @param further patterns of further paths that are the same endpoint
	 */
	public static FilterRegistrationBean<EndpointFilter> registration(String path, List<String> methods,
			OAuthResponses responses, String... further) {
		FilterRegistrationBean<EndpointFilter> registration = new FilterRegistrationBean<>(
				new EndpointFilter(path, methods, responses));
		registration.addUrlPatterns(path);
		registration.addUrlPatterns(further);
		registration.setOrder(EndpointOrder.METHODS);
		return registration;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, this.path);
		if (this.methods.contains(request.getMethod())) {
			chain.doFilter(request, response);
			return;
		}
		String allowed = String.join(", ", this.methods);
		response.setHeader(HttpHeaders.ALLOW, allowed);
		if (!HttpMethod.OPTIONS.matches(request.getMethod())) {
			this.responses.write(response, OAuthException.invalidRequest("This endpoint takes %s.".formatted(allowed))
				.as(HttpStatus.METHOD_NOT_ALLOWED));
		}
	}

}
