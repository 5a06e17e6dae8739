package dev.latchkey.oauth;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Stands before an endpoint that no controller answers, and does what Spring MVC does for
 * those that one answers: says under which name it is counted, and which methods it has.
 */
class EndpointFilter extends OncePerRequestFilter {

	private final String path;

	private final List<String> methods;

	private final OAuthAnswers answers;

	EndpointFilter(String path, List<String> methods, OAuthAnswers answers) {
		this.path = path;
		this.methods = methods;
		this.answers = answers;
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
			this.answers.write(response, OAuthRefusal.invalidRequest("This endpoint takes %s.".formatted(allowed))
				.as(HttpStatus.METHOD_NOT_ALLOWED));
		}
	}

}
