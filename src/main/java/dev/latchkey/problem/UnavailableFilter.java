package dev.latchkey.problem;

import java.io.IOException;

import dev.latchkey.persistence.DatabaseOutage;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Answers 503 where nothing can be decided, as with the database out of reach, whatever
 * stood behind this filter when it noticed: the web session, a filter, a page, an
 * endpoint of OAuth. It stands before all that asks the database, so that nobody has to
 * remember to, and leaves the body to {@link ProblemErrorController}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class UnavailableFilter implements Filter {

	private static final Logger log = LoggerFactory.getLogger(UnavailableFilter.class);

	/** An answer that has begun is left to the container, which breaks it off. */
	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			chain.doFilter(request, response);
		}
		catch (RuntimeException | ServletException ex) {
			UnavailableException unavailable = unavailable(ex);
			if (response.isCommitted() || (unavailable == null && !isOutOfReach(ex))) {
				throw ex;
			}
			if (unavailable != null) {
				request.setAttribute(Problems.DETAIL, unavailable.getMessage());
			}
			else if (Problems.outage((HttpServletRequest) request, ex).equals(DatabaseOutage.UNKNOWN_DETAIL)) {
				request.setAttribute(Problems.DETAIL, DatabaseOutage.UNKNOWN_DETAIL);
			}
			((HttpServletResponse) response).sendError(ProblemCode.UNAVAILABLE.status().value());
		}
	}

	/** What a page's handler throws comes wrapped. */
	private static @Nullable UnavailableException unavailable(Exception failure) {
		if (failure instanceof UnavailableException unavailable) {
			return unavailable;
		}
		return (failure.getCause() instanceof UnavailableException unavailable) ? unavailable : null;
	}

	private static boolean isOutOfReach(Exception failure) {
		boolean outOfReach = DatabaseOutage.isCauseOf(failure);
		if (outOfReach) {
			log.warn("The database cannot be reached: {}", failure.getClass().getSimpleName());
		}
		return outOfReach;
	}

}
