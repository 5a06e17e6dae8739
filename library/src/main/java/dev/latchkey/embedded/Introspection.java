package dev.latchkey.embedded;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.latchkey.caller.Actor;
import dev.latchkey.embedded.TokenAdmission.Admission;
import dev.latchkey.endpoint.FormEndpointFilter;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.introspection.ActiveToken;
import dev.latchkey.introspection.AnswersToKeep;
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

	/**
	 * How many questions for which the database and the application are asked are under
	 * way at once. Where one of them does not answer, a question waits as long as the
	 * application's pool has it wait, and who asked has given up after two seconds and
	 * asks anew: without an end to them they would have all of the container's threads.
	 */
	private static final int MOST = 64;

	private static final long PATIENCE_SECONDS = 2;

	private final LatchkeyCore core;

	private final TokenAdmission admission;

	private final ServiceCallers callers;

	private final AnswersToKeep kept;

	private final Semaphore room = new Semaphore(MOST);

	Introspection(OAuthResponses responses, ProblemWriter problems, LatchkeyCore core, TokenAdmission admission,
			ServiceCallers callers, AnswersToKeep kept) {
		super(responses, problems);
		this.core = core;
		this.admission = admission;
		this.callers = callers;
		this.kept = kept;
	}

	@Override
	protected Object answer(OAuthForm form, HttpServletResponse response) {
		try {
			// The application may look up who asks by the same pool.
			within(Question.isAsking(form.request()), () -> this.callers.find(form.request(), response));
			Question question = question(form);
			return within(question.asking(), () -> said(form, question));
		}
		catch (TokenRefusedException ex) {
			return INACTIVE;
		}
		catch (TokenLimitedException ex) {
			ex.writeTo(response);
			throw OAuthException.tooMany(ex);
		}
	}

	private Object said(OAuthForm form, Question question) {
		Admission found = this.admission.admit(() -> verified(Actor.of(form.request()), question), question.asking());
		VerifiedToken token = found.admitted().token();
		ActiveToken active = ActiveToken.of(token, found.owner().id(), "Bearer", token.caller().rights(), List.of());
		return question.asking() ? this.kept.of(active, token, this.core.owners().maxStaleness()) : active;
	}

	/** The body is read between two of these: whoever sends it slowly takes no place. */
	private <T> T within(boolean limited, Supplier<T> step) {
		if (!limited) {
			return step.get();
		}
		if (!isRoom()) {
			throw new OwnerUnknownException("Too many questions wait for the database or the application", null);
		}
		try {
			return step.get();
		}
		finally {
			this.room.release();
		}
	}

	private boolean isRoom() {
		try {
			return this.room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
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
