package dev.latchkey.web;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Has an endpoint of OAuth in an application that embeds this take a form as it does in
 * the server: from the body alone, and no larger than any body.
 */
final class EmbeddedForms implements Filter {

	private final UnannouncedForms limit;

	EmbeddedForms(UnannouncedForms limit) {
		this.limit = limit;
	}

	@Override
	public void doFilter(ServletRequest given, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		this.limit.doFilter(new FormOnlyRequest((HttpServletRequest) given), response, chain);
	}

}
