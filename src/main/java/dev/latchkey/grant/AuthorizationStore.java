package dev.latchkey.grant;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.scope.ScopeAdmission;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.TokenDigest;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The SQL of requests to act for somebody.
 */
@Component
public class AuthorizationStore {

	private static final Duration STATE_LIFE = Duration.ofMinutes(10);

	private static final Duration CODE_LIFE = Duration.ofMinutes(1);

	private static final Duration KEPT = Duration.ofDays(1);

	/** So many questions of an account wait for an answer, the latest. */
	private static final int WAITING = 10;

	private final JdbcClient jdbc;

	private final ScopeAdmission admission;

	private final Clock clock;

	AuthorizationStore(JdbcClient jdbc, ScopeAdmission admission, Clock clock) {
		this.jdbc = jdbc;
		this.admission = admission;
		this.clock = clock;
	}

	/**
	 * Makes the row, or replaces the state of a row by a code, for what is given still.
	 */
	@Transactional
	public void save(AuthorizationRow row, @Nullable TokenDigest state, @Nullable TokenDigest code) {
		Instant now = this.clock.instant();
		Scopes agreed = row.rights().granted();
		Scopes wanted = this.admission.admitted(row.rights().wanted());
		Scopes granted = (agreed != null) ? this.admission.admitted(agreed) : null;
		if (state != null) {
			makeRoom(row.ownerId());
		}
		this.jdbc
			.sql("""
					insert into oauth_authorization (id, client_id, owner_id, created_at, expires_at, state_digest,
					    code_digest, wanted_scopes, granted_scopes, resources, redirect_uri, client_state, code_challenge,
					    document_version)
					values (:id, :client, :owner, :now, :end, :state, :code, :wanted, :granted, :resources, :redirectUri, :clientState,
					    :challenge, (select document_version from oauth_client where id = :client))
					on conflict (id) do update set expires_at = excluded.expires_at, state_digest = excluded.state_digest,
					    code_digest = excluded.code_digest, granted_scopes = excluded.granted_scopes, client_state = null
					""")
			.param("id", row.id())
			.param("client", row.clientId())
			.param("owner", row.ownerId())
			.param("now", Timestamp.from(now))
			.param("end", Timestamp.from(now.plus((code != null) ? CODE_LIFE : STATE_LIFE)))
			.param("state", bytes(state))
			.param("code", bytes(code))
			.param("wanted", wanted.toString())
			.param("granted", (granted != null) ? granted.toString() : null)
			.param("resources", (row.rights().resources() != null) ? row.rights().resources().toString() : null)
			.param("redirectUri", row.redirectUri())
			.param("clientState", row.clientState())
			.param("challenge", row.codeChallenge())
			.update();
	}

	/**
	 * Finds a request that waits for its answer. A client that has described itself
	 * otherwise since has to ask again.
	 */
	public Optional<AuthorizationRow> findByState(TokenDigest state) {
		return this.jdbc.sql("""
				select a.* from oauth_authorization a
				    join oauth_client c on c.id = a.client_id and c.document_version = a.document_version
				where a.state_digest = ? and a.expires_at > ?
				""")
			.params(state.bytes(), Timestamp.from(this.clock.instant()))
			.query((row, number) -> AuthorizationRow.read(row))
			.optional();
	}

	/** Finds what a code was given for. */
	Optional<AuthorizationRow> findByCode(TokenDigest code) {
		return this.jdbc.sql("select * from oauth_authorization where code_digest = ?")
			.param(code.bytes())
			.query((row, number) -> AuthorizationRow.read(row))
			.optional();
	}

	/**
	 * Of two uses of a code at once, the second sees the first. The account is taken
	 * alone, and before the code: a second use ends what the first gave.
	 */
	Optional<AuthorizationRow> lockByCode(TokenDigest code) {
		return this.jdbc.sql("""
				with owner as materialized (select owner_id from oauth_authorization where code_digest = :code),
				held as materialized (select take_account(owner_id) from owner)
				select a.* from held, oauth_authorization a where a.code_digest = :code for update of a
				""").param("code", code.bytes()).query((row, number) -> AuthorizationRow.read(row)).optional();
	}

	void use(UUID id, UUID familyId) {
		this.jdbc.sql("update oauth_authorization set used_at = ?, family_id = ? where id = ?")
			.params(Timestamp.from(this.clock.instant()), familyId, id)
			.update();
	}

	/**
	 * Forgets a request or its code.
	 */
	public void delete(UUID id) {
		this.jdbc.sql("delete from oauth_authorization where id = ?").param(id).update();
	}

	/** Waits for codes that are just being redeemed. */
	void deleteAll(UUID ownerId, UUID clientId) {
		this.jdbc.sql("delete from oauth_authorization where owner_id = ? and client_id = ?")
			.params(ownerId, clientId)
			.update();
	}

	/** Likewise for all applications. */
	void deleteAll(UUID ownerId) {
		this.jdbc.sql("delete from oauth_authorization where owner_id = ?").param(ownerId).update();
	}

	/** What somebody else removes meanwhile is left to him. */
	private void makeRoom(UUID ownerId) {
		this.jdbc.sql("""
				delete from oauth_authorization where id = any(array(
				    select id from oauth_authorization where owner_id = :owner and state_digest is not null
				    order by created_at desc offset :kept for update skip locked))
				""").param("owner", ownerId).param("kept", WAITING - 1).update();
	}

	/**
	 * What nobody has answered goes at its end; a code stays, so that a second use is
	 * noticed. What somebody is changing is left for the next time.
	 */
	void prune() {
		this.jdbc.sql("""
				delete from oauth_authorization where id = any(array(
				    select id from oauth_authorization where expires_at < :now
				        and (state_digest is not null or expires_at < :kept) for update skip locked))
				""")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("kept", Timestamp.from(this.clock.instant().minus(KEPT)))
			.update();
	}

	/**
	 * Clients that described themselves, and for which nobody has agreed to anything that
	 * lives, go when what they said is old: whoever asks for them again learns it anew.
	 * Their names go with them; an address is nobody else's later.
	 */
	void pruneDescribedClients() {
		this.jdbc.sql("""
				with gone as (
				    delete from oauth_client c where document_until < :kept
				        and not exists (select from oauth_consent where client_id = c.id)
				        and not exists (select from oauth_authorization where client_id = c.id)
				        and not exists (select from api_token where client_id = c.client_id)
				    returning client_id)
				delete from oauth_client_name n using gone where n.client_id = gone.client_id
				""").param("kept", Timestamp.from(this.clock.instant().minus(KEPT))).update();
	}

	private static byte @Nullable [] bytes(@Nullable TokenDigest digest) {
		return (digest != null) ? digest.bytes() : null;
	}

}
