package dev.latchkey.verification;

import java.time.Instant;
import java.util.UUID;

import dev.latchkey.limit.TokenAllowance;
import dev.latchkey.net.Networks;
import dev.latchkey.token.TokenTimes;
import org.jspecify.annotations.Nullable;

/**
 * What the database says of a token, its owner included: enough to decide at any moment
 * without asking again.
 *
 * @param good the token as it is handed on once it is found to be good
 * @param rotated whether a successor was made
 * @param allowance what its uses count against
 * @param elsewhere from what its rights are worked out at each use, where it is a token
 * of other services, too; null where it is one of this server alone
 * @param number what stands before it where it is presented, as it was imported, or null
 */
record StoredToken(VerifiedToken good, boolean rotated, TokenAllowance allowance, RightsPool.@Nullable Source elsewhere,
		@Nullable Long number) {

	/**
	 * A token of this server alone.
	 */
	StoredToken(VerifiedToken good, boolean rotated, TokenAllowance allowance) {
		this(good, rotated, allowance, null, null);
	}

	/**
	 * Returns the same after a use that this node has noted.
	 */
	StoredToken usedAt(Instant use, @Nullable String address) {
		return new StoredToken(this.good.usedAt(use, address), this.rotated, this.allowance, this.elsewhere,
				this.number);
	}

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
