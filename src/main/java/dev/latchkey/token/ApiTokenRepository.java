package dev.latchkey.token;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.repository.Repository;

interface ApiTokenRepository extends Repository<ApiToken, UUID> {

	Optional<ApiToken> findById(UUID id);

	Optional<ApiToken> findByIdAndOwnerId(UUID id, UUID ownerId);

	List<ApiToken> findByIdInAndOwnerId(Collection<UUID> ids, UUID ownerId);

	Optional<ApiToken> findByDigestIn(Collection<byte[]> digests);

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
			with owner as materialized (select owner_id from api_token where digest in (:digests)),
			held as materialized (select take_account(owner_id) from owner)
			select t.* from held, api_token t where t.digest in (:digests) for update of t
			""")
	Optional<ApiToken> lockByDigest(Collection<byte[]> digests);

	/**
	 * Returns whose the token is.
	 */
	@NativeQuery("select owner_id from api_token where id = :id")
	Optional<UUID> findOwner(UUID id);

	/**
	 * Locks all tokens of a grant, whose account is taken already.
	 */
	@NativeQuery("select * from api_token where id = :familyId or family_id = :familyId order by id for update")
	List<ApiToken> lockGrant(UUID familyId);

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
	 * Locks what was made with a token, or with what it was rotated from, directly or
	 * through others, and has not ended. Nobody is making more of them while the account
	 * is taken.
	 */
	@NativeQuery("""
			with recursive made(id) as (
			    select child.id from api_token one join api_token elder
			        on elder.id = one.id or (elder.family_id = one.family_id and elder.created_at < one.created_at)
			        join api_token child on child.parent_id = elder.id
			    where one.id = :id
			    union
			    select child.id from made join api_token child on child.parent_id = made.id
			)
			select t.* from made join api_token t on t.id = made.id
			where (t.revoked_at is null or t.revoked_at > :now) and (t.expires_at is null or t.expires_at > :now)
			order by t.id for update of t
			""")
	List<ApiToken> lockMadeWith(UUID id, Instant now);

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
