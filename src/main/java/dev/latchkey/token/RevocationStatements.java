package dev.latchkey.token;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.latchkey.token.TokenRevocation.RevokedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The SQL that ends tokens: whole sets in one statement, each row once.
 */
@Component
class RevocationStatements {

	private static final String END = """
			update api_token t set revoked_at = :now
			where (t.revoked_at is null or t.revoked_at > :now)
			""";

	/**
	 * What was made with a token, or with what it was rotated from, directly or through
	 * others. A successor bears its predecessor's parent.
	 */
	private static final String DESCENDANTS = """
			with recursive doomed(id) as (
			    select older.id from api_token root join api_token older
			        on older.id = root.id or (older.family_id = root.family_id and older.created_at < root.created_at)
			    where root.id = any(:roots)
			    union
			    select child.id from api_token child join doomed on child.parent_id = doomed.id
			)
			""";

	private final JdbcClient jdbc;

	RevocationStatements(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	boolean exists(UUID id, UUID ownerId) {
		return this.jdbc.sql("select exists(select 1 from api_token where id = :id and owner_id = :owner)")
			.param("id", id)
			.param("owner", ownerId)
			.query(Boolean.class)
			.single();
	}

	List<UUID> find(List<TokenDigest> digests, @Nullable UUID ownerId) {
		return this.jdbc.sql(
				"select id from api_token where digest = any(:digests) and (:owner::uuid is null or owner_id = :owner)")
			.param("digests", digests.stream().map(TokenDigest::bytes).toArray(byte[][]::new))
			.param("owner", ownerId)
			.query(UUID.class)
			.list();
	}

	List<UUID> family(UUID id) {
		return this.jdbc.sql("""
				select member.id from api_token one join api_token member
				    on member.id = one.id or member.family_id = one.family_id
				where one.id = :id
				""").param("id", id).query(UUID.class).list();
	}

	void lock(Collection<UUID> ids) {
		this.jdbc.sql("select id from api_token where id = any(:ids) order by id for update")
			.param("ids", array(ids))
			.query(UUID.class)
			.list();
	}

	List<RevokedToken> revoke(Collection<UUID> ids, Instant now) {
		return this.jdbc.sql(END + "and id = any(:ids) returning id, owner_id")
			.param("ids", array(ids))
			.param("now", Timestamp.from(now))
			.query(RevokedToken.class)
			.list();
	}

	List<RevokedToken> revokeOwned(UUID ownerId, @Nullable TokenKind kind, @Nullable UUID except, Instant now) {
		return this.jdbc.sql(END + """
				and owner_id = :owner and (expires_at is null or expires_at > :now)
				and (:kind::text is null or kind = :kind) and (:except::uuid is null or id <> :except)
				returning id, owner_id
				""")
			.param("owner", ownerId)
			.param("kind", (kind != null) ? String.valueOf(kind.letter()) : null)
			.param("except", except)
			.param("now", Timestamp.from(now))
			.query(RevokedToken.class)
			.list();
	}

	List<RevokedToken> revokeWithDescendants(Collection<UUID> roots, Instant now) {
		return this.jdbc.sql(DESCENDANTS + END + "and t.id in (select id from doomed) returning t.id, t.owner_id")
			.param("roots", array(roots))
			.param("now", Timestamp.from(now))
			.query(RevokedToken.class)
			.list();
	}

	private static UUID[] array(Collection<UUID> ids) {
		return ids.toArray(UUID[]::new);
	}

}
