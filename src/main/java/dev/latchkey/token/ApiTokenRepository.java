package dev.latchkey.token;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

interface ApiTokenRepository extends Repository<ApiToken, UUID> {

	void flush();

	Optional<ApiToken> findById(UUID id);

	Optional<ApiToken> findByIdAndOwnerId(UUID id, UUID ownerId);

	Optional<ApiToken> findByDigest(byte[] digest);

	/**
	 * Takes the account first: what is being made with the token is made before, and
	 * nothing that comes later delays the change. Of two changes at once, the second sees
	 * what the first has done.
	 */
	@NativeQuery("""
			with held as materialized (select take_account(:ownerId))
			select t.* from held, api_token t where t.id = :id and t.owner_id = :ownerId for update of t
			""")
	Optional<ApiToken> lock(UUID id, UUID ownerId);

	/**
	 * Likewise by what is known of it: whose it is never changes, and is read without a
	 * lock.
	 */
	@NativeQuery("""
			with owner as materialized (select owner_id from api_token where digest = :digest),
			held as materialized (select take_account(owner_id) from owner)
			select t.* from held, api_token t where t.digest = :digest for update of t
			""")
	Optional<ApiToken> lockByDigest(byte[] digest);

	@NativeQuery("""
			select * from api_token
			where predecessor_id = :id and family_id = (select family_id from api_token where id = :id)
			order by id for update
			""")
	List<ApiToken> lockSuccessors(UUID id);

	@NativeQuery("""
			select * from api_token
			where predecessor_id = :id and owner_id = :ownerId
			    and family_id = (select family_id from api_token where id = :id)
			order by created_at desc, id limit 1
			""")
	Optional<ApiToken> findSuccessor(UUID id, UUID ownerId);

	@NativeQuery("""
			select * from api_token
			where id = (select predecessor_id from api_token where id = :id) and owner_id = :ownerId
			""")
	Optional<ApiToken> findPredecessor(UUID id, UUID ownerId);

	/**
	 * Locks a token and those that bound its successor, the one it was made with and the
	 * one that asks, in the order in which everybody locks them.
	 */
	@NativeQuery("""
			select * from api_token
			where owner_id = :ownerId
			    and (id in (:id, cast(:by as uuid)) or id = (select parent_id from api_token where id = :id))
			order by id for update
			""")
	List<ApiToken> lockWithParents(UUID id, UUID ownerId, @Nullable UUID by);

}
