package dev.latchkey.token;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Where a token of a flow comes from.
 *
 * @param familyId the grant: what was given at one sign-in or consent, and all that was
 * refreshed from it since
 * @param predecessorId the refresh token that it was given for, or null for the first
 * ones
 * @param beganAt when the grant was given, or null where nothing is refreshed
 */
public record Lineage(UUID familyId, @Nullable UUID predecessorId, @Nullable Instant beganAt) {

	/**
	 * Begins a new grant.
	 * @param now when it is given
	 */
	public static Lineage begin(Instant now) {
		return new Lineage(UUID.randomUUID(), null, now);
	}

}
