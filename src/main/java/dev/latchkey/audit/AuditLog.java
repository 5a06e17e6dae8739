package dev.latchkey.audit;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Credential;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Writes events, inside the transaction of what they tell of.
 */
@Component
class AuditLog {

	/** Who is known by id alone is found by address all the same. */
	private static final String INSERT = """
			insert into audit_event (at, action, actor_id, actor, credential_kind, credential_id, owner_id, token_id, ip,
			    request_id, count, changes, detail)
			values (?, ?, ?, coalesce(?, (select username from token_owner where id = ?)), ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
			""";

	private static final String NONE = "[]";

	private final JdbcTemplate jdbc;

	private final JsonMapper json;

	private final Clock clock;

	AuditLog(JdbcTemplate jdbc, JsonMapper json, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
	}

	void write(AuditedAct act) {
		write(act, this.clock.instant(), 1);
	}

	void write(AuditedAct act, Instant at, int count) {
		Actor actor = act.actor();
		Credential credential = actor.credential();
		UUID actorId = actor.accountId();
		String kind = (credential != null) ? credential.kind().value() : null;
		String credentialId = (credential != null) ? credential.id() : null;
		String changes = act.changes().isEmpty() ? NONE : this.json.writeValueAsString(act.changes());
		this.jdbc.update(INSERT, Timestamp.from(at), act.action().value(), actorId, actor.account(), actorId, kind,
				credentialId, act.ownerId(), act.tokenId(), actor.ip(), actor.requestId(), count, changes,
				act.detail());
	}

}
