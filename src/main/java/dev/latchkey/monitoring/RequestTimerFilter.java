package dev.latchkey.monitoring;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Times each request from the first filter to the end of the answer.
 */
class RequestTimerFilter implements Filter {

	private final RequestTimers timers;

	RequestTimerFilter(RequestTimers timers) {
		this.timers = timers;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		long start = System.nanoTime();
		RequestEnd.follow(request, response, chain, (failure) -> this.timers.record((HttpServletRequest) request,
				(HttpServletResponse) response, failure, Duration.ofNanos(System.nanoTime() - start)));
	}

}
