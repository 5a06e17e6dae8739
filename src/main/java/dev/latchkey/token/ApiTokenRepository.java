package dev.latchkey.token;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.LockModeType;
import org.jspecify.annotations.Nullable;

import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface ApiTokenRepository extends Repository<ApiToken, UUID> {

	void flush();

	Optional<ApiToken> findById(UUID id);

	Optional<ApiToken> findByIdAndOwnerId(UUID id, UUID ownerId);

	Optional<ApiToken> findByDigest(byte[] digest);

	/** Of two changes at once, the second sees what the first has done. */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("from ApiToken where id = :id and ownerId = :ownerId")
	Optional<ApiToken> lock(UUID id, UUID ownerId);

	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("from ApiToken where digest = :digest")
	Optional<ApiToken> lockByDigest(byte[] digest);

	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("from ApiToken where predecessorId = :id and familyId = (select familyId from ApiToken where id = :id)"
			+ " order by id")
	List<ApiToken> lockSuccessors(UUID id);

	/**
	 * Locks a token and those that bound its successor, the one it was made with and the
	 * one that asks, in the order in which everybody locks them.
	 */
	@Lock(LockModeType.PESSIMISTIC_WRITE)
	@Query("from ApiToken where ownerId = :ownerId and (id = :id or id = :by"
			+ " or id = (select parentId from ApiToken where id = :id)) order by id")
	List<ApiToken> lockWithParents(UUID id, UUID ownerId, @Nullable UUID by);

}
