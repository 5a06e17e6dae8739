package dev.latchkey.web;

import java.io.IOException;
import java.util.concurrent.Semaphore;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.thread.Threading;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Leaves a quarter of the threads to requests without a body, where threads are few: a
 * body keeps one for as long as its client takes to send it. With virtual threads there
 * is one for everybody.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 19)
class BodyPlacesFilter implements Filter {

	private final Semaphore places;

	private final ProblemWriter problems;

	BodyPlacesFilter(@Value("${server.tomcat.threads.max:200}") int threads, Environment environment,
			ProblemWriter problems) {
		this.places = new Semaphore(
				Threading.VIRTUAL.isActive(environment) ? Integer.MAX_VALUE : Math.max(1, threads - threads / 4));
		this.problems = problems;
	}

	@Override
	public void doFilter(ServletRequest given, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpServletRequest request = (HttpServletRequest) given;
		if (!mayHaveBody(request)) {
			chain.doFilter(request, response);
			return;
		}
		if (!this.places.tryAcquire()) {
			this.problems.write(request, (HttpServletResponse) response, ProblemCode.UNAVAILABLE,
					"Too many requests are being read. Try again in a moment.");
			return;
		}
		try {
			chain.doFilter(request, response);
		}
		finally {
			this.places.release();
		}
	}

	private static boolean mayHaveBody(HttpServletRequest request) {
		return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
	}

}
