package dev.latchkey.verification;

import java.util.UUID;

import dev.latchkey.limit.TokenAllowance;
import dev.latchkey.net.Networks;
import dev.latchkey.token.TokenTimes;

/**
 * What the database says of a token, its owner included: enough to decide at any moment
 * without asking again.
 *
 * @param good the token as it is handed on once it is found to be good
 * @param rotated whether a successor was made
 * @param allowance what its uses count against
 */
record StoredToken(VerifiedToken good, boolean rotated, TokenAllowance allowance) {

	UUID tokenId() {
		return this.good.tokenId();
	}

	UUID ownerId() {
		return this.good.caller().userId();
	}

	boolean ownerEnabled() {
		return this.good.caller().user().enabled();
	}

	TokenTimes times() {
		return this.good.times();
	}

	Networks networks() {
		return this.good.networks();
	}

}
