package dev.latchkey.token;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Where a token comes from.
 *
 * @param parentId the token it is made with, or null
 * @param familyId what was given at one sign-in or consent and all that was refreshed
 * from it since, or all that was rotated from one token; null for the first of a possible
 * line of rotations
 * @param predecessorId the token that it was given for or takes the place of, or null for
 * the first ones
 * @param beganAt when the grant was given, or null where nothing is refreshed
 */
public record Lineage(@Nullable UUID parentId, @Nullable UUID familyId, @Nullable UUID predecessorId,
		@Nullable Instant beganAt) {

	/** Of a token that a person makes, and of any other that belongs to nothing. */
	public static final Lineage NONE = new Lineage(null, null, null, null);

	/**
	 * Begins a new grant.
	 * @param now when it is given
	 */
	public static Lineage begin(Instant now) {
		return new Lineage(null, UUID.randomUUID(), null, now);
	}

	/**
	 * Goes on with the grant of a refresh token that is redeemed.
	 */
	public static Lineage refreshedFrom(RefreshToken redeemed) {
		RefreshToken.Grant grant = redeemed.grant();
		return new Lineage(null, grant.familyId(), redeemed.id(), grant.beganAt());
	}

	/**
	 * Returns the grant of a flow's token.
	 */
	public UUID grantId() {
		return Objects.requireNonNull(this.familyId);
	}

	/**
	 * Returns when the grant of a flow's token was given.
	 */
	public Instant grantedAt() {
		return Objects.requireNonNull(this.beganAt);
	}

	static Lineage madeWith(UUID parentId) {
		return new Lineage(parentId, null, null, null);
	}

}
