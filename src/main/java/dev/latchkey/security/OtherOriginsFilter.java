package dev.latchkey.security;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;

/**
 * Answers pages of other origins, before anything else can refuse the request: a page may
 * read a refusal only if that, too, says that its origin is admitted. Only browsers send
 * an origin; everybody else is spared the work.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class OtherOriginsFilter implements Filter {

	private final ApiCors cors;

	private final ProblemCorsProcessor processor;

	OtherOriginsFilter(ApiCors cors, ProblemCorsProcessor processor) {
		this.cors = cors;
		this.processor = processor;
	}

	@Override
	public void doFilter(ServletRequest given, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpServletRequest request = (HttpServletRequest) given;
		if (isAdmitted(request, (HttpServletResponse) response)) {
			chain.doFilter(request, response);
		}
	}

	/** Returns false if it has answered, a refusal or a preflight. */
	private boolean isAdmitted(HttpServletRequest request, HttpServletResponse response) throws IOException {
		boolean named = request.getHeader(HttpHeaders.ORIGIN) != null;
		CorsConfiguration configuration = (named || this.cors.admitsAny()) ? this.cors.getCorsConfiguration(request)
				: null;
		if (configuration == null) {
			return true;
		}
		if (!named) {
			// What is kept of an answer to nobody must not be given to an origin.
			response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
			return true;
		}
		return this.processor.processRequest(configuration, request, response)
				&& !CorsUtils.isPreFlightRequest(request);
	}

}
