package dev.latchkey.token;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
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

	/**
	 * Of the two clocks the one that is behind, as for {@link TokenPruner}: a node whose
	 * clock runs ahead would leave alive what lives on elsewhere.
	 */
	private static final String NOW = "least(:now, now())";

	private static final String UNREVOKED = "(t.revoked_at is null or (t.revoked_at > t.rotated_at and t.revoked_at > "
			+ NOW + ")) ";

	/**
	 * A grace period is cut short so that no clock matters any more: it ends when it
	 * begins ({@link TokenTimes}).
	 */
	private static final String END = "update api_token t set revoked_at = :now, revocation_reason = :reason,"
			+ " rotated_at = case when t.rotated_at is not null then cast(:now as timestamptz) end where " + UNREVOKED;

	private static final String FAMILY = """
			select member.id from api_token one join api_token member
			    on member.id = one.id or member.family_id = one.family_id
			where one.id = :id
			""";

	/**
	 * What ends together with a token. Of a flow's tokens, the whole grant: an access
	 * token takes its refresh token along, whichever of them was presented. With
	 * descendants, also what was made with a token, or with what it was rotated from,
	 * directly or through others; a successor bears its predecessor's parent.
	 */
	private static final String DOOMED = """
			with recursive doomed(id) as (
			    select other.id from api_token root join api_token other
			        on other.id = root.id or (other.family_id = root.family_id
			            and (root.kind <> 'p' or (:descendants and other.created_at < root.created_at)))
			    where root.id = any(:roots)
			    union
			    select child.id from api_token child join doomed on child.parent_id = doomed.id where :descendants
			)
			""";

	private final JdbcClient jdbc;

	private final TokenOwners owners;

	private final DigestsAtRest digests;

	RevocationStatements(JdbcClient jdbc, TokenOwners owners, DigestsAtRest digests) {
		this.jdbc = jdbc;
		this.owners = owners;
		this.digests = digests;
	}

	boolean exists(UUID id, UUID ownerId) {
		return this.jdbc.sql("select exists(select 1 from api_token where id = :id and owner_id = :owner)")
			.param("id", id)
			.param("owner", ownerId)
			.query(Boolean.class)
			.single();
	}

	/** Returns which of these tokens are the owner's. */
	List<UUID> owned(Collection<UUID> ids, UUID ownerId) {
		return this.jdbc.sql("select id from api_token where id = any(:ids) and owner_id = :owner order by id")
			.param("ids", array(ids))
			.param("owner", ownerId)
			.query(UUID.class)
			.list();
	}

	/** Finds them in whichever form they are at rest. */
	List<UUID> find(List<TokenDigest> wanted, @Nullable UUID ownerId) {
		return this.jdbc.sql(
				"select id from api_token where digest = any(:digests) and (:owner::uuid is null or owner_id = :owner)")
			.param("digests", this.digests.bytesOf(wanted))
			.param("owner", ownerId)
			.query(UUID.class)
			.list();
	}

	/** Likewise those that somebody presents, each with the number before it. */
	List<UUID> findPresented(Collection<RawToken> presented) {
		List<byte[]> digests = new ArrayList<>();
		List<@Nullable Long> numbers = new ArrayList<>();
		for (RawToken raw : presented) {
			for (byte[] digest : this.digests.bytesOf(raw)) {
				digests.add(digest);
				numbers.add(raw.number());
			}
		}
		return this.jdbc.sql("""
				select distinct t.id
				from unnest(cast(:digests as bytea[]), cast(:numbers as bigint[])) as presented(digest, number)
				    join api_token t on t.digest = presented.digest
				        and (presented.number is null or presented.number = t.imported_number)
				""")
			.param("digests", digests.toArray(byte[][]::new))
			.param("numbers", numbers.toArray(Long[]::new))
			.query(UUID.class)
			.list();
	}

	/** What somebody who had one of these tokens may have brought in. */
	List<UUID> findImportedWith(Collection<UUID> tokenIds) {
		return this.jdbc.sql("select id from api_token where imported_with = any(:ids)")
			.param("ids", array(tokenIds))
			.query(UUID.class)
			.list();
	}

	List<UUID> family(UUID id) {
		return this.jdbc.sql(FAMILY).param("id", id).query(UUID.class).list();
	}

	/**
	 * Whether one of the family lives, or what was made with them: a token, or what
	 * outlives tokens.
	 */
	boolean isFamilyAlive(UUID id, Instant now) {
		return this.jdbc.sql("""
				with recursive doomed(id) as (
				    %s
				    union
				    select child.id from api_token child join doomed on child.parent_id = doomed.id
				)
				select exists(select 1 from doomed join api_token t using (id) where t.outlived or %s)
				""".formatted(FAMILY, UNREVOKED))
			.param("id", id)
			.param("now", Timestamp.from(now))
			.query(Boolean.class)
			.single();
	}

	/**
	 * Takes the accounts that own these tokens, so that nobody is making one afterwards.
	 */
	void lockOwners(Collection<UUID> tokenIds) {
		this.jdbc.sql("select distinct owner_id from api_token where id = any(:ids) order by owner_id")
			.param("ids", array(tokenIds))
			.query(UUID.class)
			.list()
			.forEach(this.owners::lock);
	}

	/** Likewise for everybody for whom a client holds a token. */
	void lockHolders(String clientId) {
		this.jdbc.sql("select distinct owner_id from api_token where client_id = :client order by owner_id")
			.param("client", clientId)
			.query(UUID.class)
			.list()
			.forEach(this.owners::lock);
	}

	List<RevokedToken> revoke(Collection<UUID> ids, @Nullable String reason, Instant now) {
		return this.jdbc.sql(END + "and id = any(:ids) returning id, owner_id")
			.param("ids", array(ids))
			.param("reason", reason)
			.param("now", Timestamp.from(now))
			.query(RevokedToken.class)
			.list();
	}

	List<RevokedToken> revokeOwned(UUID ownerId, @Nullable TokenKind kind, @Nullable UUID except,
			@Nullable String reason, Instant now) {
		return this.jdbc.sql(END + """
				and owner_id = :owner and (expires_at is null or expires_at > least(:now, now()))
				and (:kind::text is null or kind = :kind) and (:except::uuid is null or id <> :except)
				returning id, owner_id
				""")
			.param("owner", ownerId)
			.param("kind", (kind != null) ? String.valueOf(kind.letter()) : null)
			.param("except", except)
			.param("reason", reason)
			.param("now", Timestamp.from(now))
			.query(RevokedToken.class)
			.list();
	}

	List<RevokedToken> revokeTree(Collection<UUID> roots, boolean descendants, @Nullable String reason, Instant now) {
		return this.jdbc.sql(DOOMED + END + "and t.id in (select id from doomed) returning t.id, t.owner_id")
			.param("roots", array(roots))
			.param("descendants", descendants)
			.param("reason", reason)
			.param("now", Timestamp.from(now))
			.query(RevokedToken.class)
			.list();
	}

	/**
	 * All whose holder may have come to hold the others: the families of these tokens and
	 * of what was made with them, also those who live on.
	 */
	List<UUID> kin(Collection<UUID> roots) {
		return this.jdbc.sql("""
				with recursive kin(id) as (
				    select id from api_token where id = any(:roots)
				    union
				    select other.id from kin join api_token one on one.id = kin.id
				        join api_token other on other.family_id = one.family_id or other.parent_id = one.id
				)
				select id from kin
				""").param("roots", array(roots)).query(UUID.class).list();
	}

	/** Finds one token of a grant, which stands for the others: each finds them. */
	List<UUID> findGrant(UUID familyId) {
		return this.jdbc.sql("select id from api_token where family_id = :family order by id limit 1")
			.param("family", familyId)
			.query(UUID.class)
			.list();
	}

	/**
	 * Finds one token of each grant that a client holds or held, for one account or for
	 * anybody: what was made with a token outlives its end.
	 */
	List<UUID> findHeld(@Nullable UUID ownerId, String clientId) {
		return this.jdbc.sql("""
				select distinct on (coalesce(family_id, id)) id from api_token
				where (:owner::uuid is null or owner_id = :owner) and client_id = :client
				order by coalesce(family_id, id), id
				""").param("owner", ownerId).param("client", clientId).query(UUID.class).list();
	}

	private static UUID[] array(Collection<UUID> ids) {
		return ids.toArray(UUID[]::new);
	}

}
