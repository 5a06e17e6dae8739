package dev.latchkey.embedded;

import java.util.UUID;
import java.util.function.Supplier;

import dev.latchkey.embedded.OwnerMirror.Known;
import dev.latchkey.verification.AdmittedToken;
import dev.latchkey.verification.RefusalReason;
import dev.latchkey.verification.TokenRefusedException;

/**
 * Admits tokens whose row says what the application says of their owner now, or has said
 * no longer ago than may be.
 */
final class TokenAdmission {

	/** Each further time somebody has changed the owner in between. */
	private static final int TIMES = 3;

	private final LatchkeyCore core;

	TokenAdmission(LatchkeyCore core) {
		this.core = core;
	}

	/**
	 * Admits a token by what is remembered of its owner, if that is believed.
	 * @param verifying verifies it by its row
	 * @throws TokenRefusedException if it is not good
	 * @throws OwnerUnknownException if the application does not say who the owner is
	 */
	Admission admit(Supplier<AdmittedToken> verifying) {
		return admit(verifying, false);
	}

	/**
	 * Admits a token.
	 * @param verifying verifies it by its row
	 * @param asking whether what is remembered of its owner is not enough
	 * @throws TokenRefusedException if it is not good
	 * @throws OwnerUnknownException if the application does not say who the owner is
	 */
	Admission admit(Supplier<AdmittedToken> verifying, boolean asking) {
		for (int i = 0; i < TIMES; i++) {
			AdmittedToken admitted;
			try {
				admitted = verifying.get();
			}
			catch (TokenRefusedException ex) {
				if (!isEnabledSince(ex, asking)) {
					throw ex;
				}
				continue;
			}
			UUID ownerId = admitted.token().caller().userId();
			Known said = said(ownerId, asking);
			TokenOwner owner = said.owner();
			if (owner != null && said.agreesWith(admitted.token().caller().user())) {
				return new Admission(admitted, owner);
			}
		}
		throw new OwnerUnknownException("The owner is being changed", null);
	}

	/** Whoever was disabled here may have been enabled in the application. */
	private boolean isEnabledSince(TokenRefusedException refusal, boolean asking) {
		return refusal.reason() == RefusalReason.OWNER_DISABLED && refusal.ownerId() != null
				&& said(refusal.ownerId(), asking).isEnabled();
	}

	private Known said(UUID ownerId, boolean asking) {
		return asking ? this.core.owners().asked(ownerId) : this.core.owners().current(ownerId);
	}

	/**
	 * A good token.
	 *
	 * @param admitted the token, and what it has left
	 * @param owner whose it is, as the application says
	 */
	record Admission(AdmittedToken admitted, TokenOwner owner) {

	}

}
