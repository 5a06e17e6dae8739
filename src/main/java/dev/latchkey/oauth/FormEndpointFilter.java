package dev.latchkey.oauth;

import java.io.IOException;

import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.problem.Unavailable;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * An endpoint that takes a form and answers at once, before any chain of filters and
 * without a controller: resource servers ask it on every request of theirs.
 */
abstract class FormEndpointFilter extends OncePerRequestFilter {

	private final OAuthAnswers answers;

	private final ProblemWriter problems;

	FormEndpointFilter(OAuthAnswers answers, ProblemWriter problems) {
		this.answers = answers;
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		try {
			this.answers.write(response, answer(OAuthForm.of(request)));
		}
		catch (OAuthRefusal refusal) {
			this.answers.write(response, refusal);
		}
		catch (DataAccessException | TransactionException ex) {
			if (!Unavailable.isCauseOf(ex)) {
				throw ex;
			}
			this.problems.writeUnavailable(request, response);
		}
	}

	/**
	 * Returns the body of the answer.
	 * @throws OAuthRefusal if the request is refused
	 */
	abstract Object answer(OAuthForm form);

}
