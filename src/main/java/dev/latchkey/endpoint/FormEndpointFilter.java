package dev.latchkey.endpoint;

import java.io.IOException;

import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * An endpoint that takes a form and answers at once, before any chain of filters and
 * without a controller: resource servers ask it on every request of theirs.
 */
public abstract class FormEndpointFilter extends OncePerRequestFilter {

	private final OAuthResponses responses;

	private final ProblemWriter problems;

	protected FormEndpointFilter(OAuthResponses responses, ProblemWriter problems) {
		this.responses = responses;
		this.problems = problems;
	}

	/**
	 * Places one at its endpoint.
	 */
	public static <T extends FormEndpointFilter> FilterRegistrationBean<T> registration(ServiceEndpoint endpoint,
			T filter) {
		FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
		registration.addUrlPatterns(endpoint.path());
		registration.setOrder(EndpointOrder.ENDPOINT);
		return registration;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			this.responses.write(response, answer(OAuthForm.of(request), response));
		}
		catch (OAuthException refusal) {
			this.responses.write(response, refusal);
		}
		catch (DataAccessException | TransactionException ex) {
			if (!DatabaseOutage.isCauseOf(ex)) {
				throw ex;
			}
			this.problems.writeUnavailable(request, response, ex);
		}
	}

	/**
	 * Returns the body of the answer.
	 * @param form what is asked
	 * @param response takes headers, for refusals too
	 * @throws OAuthException if the request is refused
	 */
	protected abstract Object answer(OAuthForm form, HttpServletResponse response);

}
