package dev.latchkey.web;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Lets nobody take the fields of a form from the address, where passwords and tokens
 * would end up in the logs of every proxy on the way. The API has no forms, and says of
 * each parameter of a query what it is; {@code /forward-auth} reads the query alone.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
class FormOnlyFilter implements Filter {

	@Override
	public void doFilter(ServletRequest given, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpServletRequest request = (HttpServletRequest) given;
		boolean beside = request.getQueryString() != null && "POST".equals(request.getMethod())
				&& !isRead(request.getRequestURI());
		chain.doFilter(beside ? new FormOnlyRequest(request) : request, response);
	}

	/** Where the query of a POST means something. */
	private static boolean isRead(String path) {
		return path.startsWith("/api/") || path.equals("/forward-auth");
	}

}
