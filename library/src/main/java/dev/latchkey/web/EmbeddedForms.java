package dev.latchkey.web;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Has an endpoint of OAuth in an application that embeds this take a form as it does in
 * the server: from the body alone.
 */
public final class EmbeddedForms {

	private EmbeddedForms() {
	}

	/**
	 * Returns a filter before which the query says nothing.
	 */
	public static Filter ofBodies() {
		return (request, response, chain) -> chain.doFilter(new FormOnlyRequest((HttpServletRequest) request),
				response);
	}

}
