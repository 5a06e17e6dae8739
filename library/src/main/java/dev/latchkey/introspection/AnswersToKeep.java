package dev.latchkey.introspection;

import java.time.Duration;

import dev.latchkey.verification.VerifiedToken;

import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

/**
 * Says to a service that asks an application which embeds this for how long it may keep
 * an answer, and what may change it meanwhile.
 */
@Component
@Import({ AnswerRules.class, KeepingTerms.class })
public class AnswersToKeep {

	private final KeepingTerms terms;

	AnswersToKeep(KeepingTerms terms) {
		this.terms = terms;
	}

	/**
	 * Returns an answer with that.
	 * @param longest for how long is believed what the application says of an owner, of
	 * which it may tell nobody
	 */
	public Object of(ActiveToken answer, VerifiedToken token, Duration longest) {
		KeptToken kept = this.terms.of(answer, token);
		return new KeptToken(kept.token(), kept.now(), kept.places(), kept.rules(), kept.addressBound(),
				kept.rateLimit(), Math.min(kept.believeS(), longest.toSeconds()));
	}

}
