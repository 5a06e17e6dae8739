package dev.latchkey.introspection;

import dev.latchkey.endpoint.FormEndpointFilter;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.introspection.Requesters.Requester;
import dev.latchkey.limit.TokenLimitedException;
import dev.latchkey.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Tells resource servers whether a token is good (RFC 7662). Whoever sends
 * {@code Cache-Control: no-cache} wants to hear what the database says now.
 */
class IntrospectionFilter extends FormEndpointFilter {

	private final Requesters requesters;

	private final Introspection introspection;

	IntrospectionFilter(OAuthResponses responses, ProblemWriter problems, Requesters requesters,
			Introspection introspection) {
		super(responses, problems);
		this.requesters = requesters;
		this.introspection = introspection;
	}

	@Override
	protected Object answer(OAuthForm form, HttpServletResponse response) {
		Requester requester = this.requesters.of(form, response);
		Question question = Question.of(form);
		try {
			return question.asking()
					? this.introspection.asked(question.token(), question.address(),
							this.requesters.proveAnew(form, requester))
					: this.introspection.of(question.token(), question.address(), requester);
		}
		catch (TokenLimitedException ex) {
			ex.writeTo(response);
			throw OAuthException.tooMany(ex);
		}
	}

}
