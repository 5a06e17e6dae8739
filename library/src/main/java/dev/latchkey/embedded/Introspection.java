package dev.latchkey.embedded;

import java.util.List;
import java.util.Map;

import dev.latchkey.caller.Actor;
import dev.latchkey.embedded.TokenAdmission.Admission;
import dev.latchkey.endpoint.FormEndpointFilter;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.introspection.ActiveToken;
import dev.latchkey.introspection.EmbeddedChanges;
import dev.latchkey.introspection.Question;
import dev.latchkey.limit.TokenLimitedException;
import dev.latchkey.limit.UsePlace;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.verification.AdmittedToken;
import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Says what a token is good for, to whom the application lets ask. A token is verified
 * here as at every route, by what the application says of its owner, too; for who keeps
 * the answer it is asked anew.
 */
class Introspection extends FormEndpointFilter {

	private static final Map<String, Boolean> INACTIVE = Map.of("active", false);

	private final LatchkeyCore core;

	private final TokenAdmission admission;

	private final ServiceCallers callers;

	private final EmbeddedChanges changes;

	Introspection(OAuthResponses responses, ProblemWriter problems, LatchkeyCore core, TokenAdmission admission,
			ServiceCallers callers, EmbeddedChanges changes) {
		super(responses, problems);
		this.core = core;
		this.admission = admission;
		this.callers = callers;
		this.changes = changes;
	}

	@Override
	protected Object answer(OAuthForm form, HttpServletResponse response) {
		try {
			this.callers.find(form.request(), response);
			Question question = question(form);
			Admission found = this.admission.admit(() -> verified(Actor.of(form.request()), question),
					question.asking());
			VerifiedToken token = found.admitted().token();
			ActiveToken active = ActiveToken.of(token, found.owner().id(), "Bearer", token.caller().rights(),
					List.of());
			return question.asking() ? this.changes.kept(active, token, this.core.owners().maxStaleness()) : active;
		}
		catch (TokenRefusedException ex) {
			return INACTIVE;
		}
		catch (TokenLimitedException ex) {
			ex.writeTo(response);
			throw OAuthException.tooMany(ex);
		}
	}

	/** The container says by an exception of its own that it cannot read a form. */
	private static Question question(OAuthForm form) {
		try {
			return Question.of(form);
		}
		catch (IllegalStateException ex) {
			throw OAuthException.invalidRequest("The form cannot be read.");
		}
	}

	private AdmittedToken verified(Actor by, Question question) {
		TokenVerifier verifier = this.core.part(TokenVerifier.class);
		return question.asking() ? verifier.admitAsked(by, question.token(), question.address(), UsePlace.ELSEWHERE)
				: verifier.admit(by, question.token(), question.address(), false, UsePlace.ELSEWHERE);
	}

}
