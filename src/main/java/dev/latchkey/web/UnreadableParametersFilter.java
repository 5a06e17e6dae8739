package dev.latchkey.web;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Answers a query or a form that cannot be read, wherever somebody tried to. The
 * container tells of it by an exception that quotes the value, which must not get into
 * the log.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class UnreadableParametersFilter implements Filter {

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (ServletException | RuntimeException ex) {
			InvalidParameterException unreadable = cause(ex);
			if (unreadable == null) {
				throw ex;
			}
			// Whoever breaks off within a form is told nothing any more.
			if (!response.isCommitted()) {
				((HttpServletResponse) response).sendError(unreadable.getErrorCode());
			}
		}
	}

	/** A page that asks for a parameter fails with its own exceptions around this one. */
	private static @Nullable InvalidParameterException cause(Exception failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof InvalidParameterException)) {
			cause = cause.getCause();
		}
		return (InvalidParameterException) cause;
	}

}
