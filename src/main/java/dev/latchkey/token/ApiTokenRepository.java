package dev.latchkey.token;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

/**
 * Finds and keeps tokens as entities.
 */
interface ApiTokenRepository extends Repository<ApiToken, UUID> {

	/**
	 * Keeps what was changed of a token that was found in the open transaction.
	 */
	ApiToken save(ApiToken token);

	Optional<ApiToken> findById(UUID id);

	Optional<ApiToken> findByIdAndOwnerId(UUID id, UUID ownerId);

	List<ApiToken> findByIdInAndOwnerId(Collection<UUID> ids, UUID ownerId);

	Optional<ApiToken> findByDigestIn(Collection<byte[]> digests);

	/**
	 * Takes the account first: what is being made with the token is made before, and
	 * nothing that comes later delays the change. Of two changes at once, the second sees
	 * what the first has done.
	 */
	@NativeQuery(TokenSelects.LOCK)
	Optional<ApiToken> lock(UUID id, UUID ownerId);

	/**
	 * Likewise by what is known of it: whose it is never changes, and is read without a
	 * lock.
	 */
	@NativeQuery(TokenSelects.LOCK_BY_DIGEST)
	Optional<ApiToken> lockByDigest(Collection<byte[]> digests);

	/**
	 * Returns whose the token is.
	 */
	@NativeQuery(TokenSelects.FIND_OWNER)
	Optional<UUID> findOwner(UUID id);

	/**
	 * Locks all tokens of a grant, whose account is taken already.
	 */
	@NativeQuery(TokenSelects.LOCK_GRANT)
	List<ApiToken> lockGrant(UUID familyId);

	@NativeQuery(TokenSelects.LOCK_SUCCESSORS)
	List<ApiToken> lockSuccessors(UUID id);

	@NativeQuery(TokenSelects.FIND_SUCCESSOR)
	Optional<ApiToken> findSuccessor(UUID id, UUID ownerId);

	@NativeQuery(TokenSelects.FIND_PREDECESSOR)
	Optional<ApiToken> findPredecessor(UUID id, UUID ownerId);

	/**
	 * Locks what was made with a token, or with what it was rotated from, directly or
	 * through others, and has not ended. Nobody is making more of them while the account
	 * is taken.
	 */
	@NativeQuery(TokenSelects.LOCK_MADE_WITH)
	List<ApiToken> lockMadeWith(UUID id, Instant now);

	/**
	 * Locks a token and those that bound its successor, the one it was made with and the
	 * one that asks, in the order in which everybody locks them.
	 */
	@NativeQuery(TokenSelects.LOCK_WITH_PARENTS)
	List<ApiToken> lockWithParents(UUID id, UUID ownerId, @Nullable UUID by);

}
