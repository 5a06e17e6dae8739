package dev.latchkey.security;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.request.async.SecurityContextCallableProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncManager;
import org.springframework.web.context.request.async.WebAsyncUtils;

/**
 * Begins and ends each request without a caller, and gives the one who is found meanwhile
 * to another thread that answers for this one. That is what Spring Security's two filters
 * do where nothing is kept between requests.
 */
class StatelessContextFilter implements Filter {

	private static final Object CALLABLES = new Object();

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		WebAsyncManager threads = WebAsyncUtils.getAsyncManager(request);
		if (threads.getCallableInterceptor(CALLABLES) == null) {
			threads.registerCallableInterceptor(CALLABLES, new SecurityContextCallableProcessingInterceptor());
		}
		SecurityContextHolder.clearContext();
		try {
			chain.doFilter(request, response);
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

}
