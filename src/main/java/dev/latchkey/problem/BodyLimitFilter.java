package dev.latchkey.problem;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies over {@code latchkey.web.max-body-size}, announced or not.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class BodyLimitFilter extends OncePerRequestFilter {

	private final long limit;

	private final ProblemWriter problems;

	BodyLimitFilter(@Value("${latchkey.web.max-body-size:64KB}") DataSize limit, ProblemWriter problems) {
		this.limit = limit.toBytes();
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long announced = request.getContentLengthLong();
		if (announced > this.limit) {
			this.problems.write(request, response, ProblemCode.PAYLOAD_TOO_LARGE, BodyTooLargeException.DETAIL);
			return;
		}
		boolean unannounced = announced < 0 && request.getHeader("Transfer-Encoding") != null;
		chain.doFilter(unannounced ? new LimitedRequest(request, this.limit) : request, response);
	}

}
