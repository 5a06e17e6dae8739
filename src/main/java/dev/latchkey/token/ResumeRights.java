package dev.latchkey.token;

import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.GivingDeniedException;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.value.FieldFaults;

import org.springframework.stereotype.Component;

/**
 * Who may give a suspended token back to its holders: that gives what the token may do.
 */
@Component
class ResumeRights {

	private final GivingRules giving;

	private final TokenOwners owners;

	private final ParentTokens acting;

	private final ScopeCatalogue catalogue;

	ResumeRights(GivingRules giving, TokenOwners owners, ParentTokens acting, ScopeCatalogue catalogue) {
		this.giving = giving;
		this.owners = owners;
		this.acting = acting;
		this.catalogue = catalogue;
	}

	/**
	 * Lets pass who may resume a token.
	 * @throws GivingDeniedException if it may do what the one that acts may not
	 */
	void requireMayResume(Actor by, ApiToken token) {
		this.giving.requireMayResume(by, token.ownerId(), this.owners.find(token.ownerId()).orElseThrow().roles());
		requireWithin(by, token);
	}

	/**
	 * Who holds a token of his that was suspended, and another one that may do little,
	 * does not get back by this one what that one may do. Of others, administrators may
	 * resume whatever their roles allow.
	 */
	private void requireWithin(Actor by, ApiToken token) {
		UUID actingId = by.tokenId();
		if (actingId != null && by.userId().equals(token.ownerId())) {
			FieldFaults faults = new FieldFaults();
			this.acting.require(by.userId(), actingId).check(token.terms(), this.catalogue, faults);
			if (!faults.isEmpty()) {
				throw new GivingDeniedException("A token resumes only what it could have made itself.");
			}
		}
	}

}
