package dev.latchkey.endpoint;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.CompositeFilter;

/**
 * An endpoint of OAuth in an application that embeds this, with what the server places
 * before all of them.
 */
public final class EmbeddedEndpoint {

	private final CompositeFilter filters = new CompositeFilter();

	/**
	 * Puts one together.
	 * @param path the endpoint's path, by which it is counted
	 * @param method the one method that it has
	 * @param body leaves the query away
	 * @param endpoint answers
	 */
	public EmbeddedEndpoint(String path, String method, OAuthResponses responses, Filter body,
			FormEndpointFilter endpoint) {
		this.filters.setFilters(List.of(EndpointFilter.registration(path, List.of(method), responses).getFilter(), body,
				new OAuthParameterFilter(), endpoint));
	}

	/**
	 * Answers a request.
	 */
	public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
		FilterChain nothing = (unanswered, unused) -> {
		};
		this.filters.doFilter(request, response, nothing);
	}

}
