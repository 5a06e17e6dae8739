package dev.latchkey.oauth;

import java.io.IOException;

import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.problem.Unavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says so where the database is out of reach: these endpoints answer in filters, which no
 * advice stands behind.
 */
class UnavailableFilter extends OncePerRequestFilter {

	private final ProblemWriter problems;

	UnavailableFilter(ProblemWriter problems) {
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (RuntimeException ex) {
			if (response.isCommitted() || !Unavailable.isCauseOf(ex)) {
				throw ex;
			}
			this.problems.writeUnavailable(request, response);
		}
	}

}
