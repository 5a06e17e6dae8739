package dev.latchkey.token;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Where a token of a flow comes from.
 *
 * @param familyId the grant: what was given at one sign-in or consent, and all that was
 * refreshed from it since
 * @param predecessorId the refresh token that it was given for, or null for the first
 * ones
 */
public record Lineage(UUID familyId, @Nullable UUID predecessorId) {

	/**
	 * Begins a new grant.
	 */
	public static Lineage begin() {
		return new Lineage(UUID.randomUUID(), null);
	}

}
