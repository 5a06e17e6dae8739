package dev.latchkey.token;

/**
 * The statements by which rows of tokens are found and locked, the same for whoever keeps
 * tokens as entities and for whoever does not. What each is for,
 * {@code ApiTokenRepository} says.
 */
final class TokenSelects {

	static final String LOCK = """
			with held as materialized (select take_account(:ownerId))
			select t.* from held, api_token t where t.id = :id and t.owner_id = :ownerId for update of t
			""";

	static final String LOCK_BY_DIGEST = """
			with owner as materialized (select owner_id from api_token where digest in (:digests)),
			held as materialized (select take_account(owner_id) from owner)
			select t.* from held, api_token t where t.digest in (:digests) for update of t
			""";

	static final String FIND_OWNER = "select owner_id from api_token where id = :id";

	static final String LOCK_GRANT = """
			select * from api_token where id = :familyId or family_id = :familyId order by id for update
			""";

	static final String LOCK_SUCCESSORS = """
			select * from api_token
			where predecessor_id = :id and family_id = (select family_id from api_token where id = :id)
			order by id for update
			""";

	static final String FIND_SUCCESSOR = """
			select * from api_token
			where predecessor_id = :id and owner_id = :ownerId
			    and family_id = (select family_id from api_token where id = :id)
			order by created_at desc, id limit 1
			""";

	static final String FIND_PREDECESSOR = """
			select * from api_token
			where id = (select predecessor_id from api_token where id = :id) and owner_id = :ownerId
			""";

	static final String LOCK_MADE_WITH = """
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
			""";

	static final String LOCK_WITH_PARENTS = """
			select * from api_token
			where owner_id = :ownerId
			    and (id in (:id, cast(:by as uuid)) or id = (select parent_id from api_token where id = :id))
			order by id for update
			""";

	private TokenSelects() {
	}

}
