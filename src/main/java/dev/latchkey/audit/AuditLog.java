package dev.latchkey.audit;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Writes events, inside the transaction of what they tell of.
 */
@Component
class AuditLog {

	/** Who signs in is known by id alone, and found by address all the same. */
	private static final String INSERT = """
			insert into audit_event (at, action, actor_id, actor, owner_id, token_id, ip, count, detail)
			values (?, ?, ?, coalesce(?, (select email from app_user where id = ?)), ?, ?, ?, ?, ?)
			""";

	private final JdbcTemplate jdbc;

	private final Clock clock;

	AuditLog(JdbcTemplate jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	void write(AuditRecord event) {
		write(event, this.clock.instant(), 1);
	}

	void write(AuditRecord event, Instant at, int count) {
		this.jdbc.update(INSERT, Timestamp.from(at), event.action(), event.actorId(), event.actor(), event.actorId(),
				event.ownerId(), event.tokenId(), event.ip(), count, event.detail());
	}

}
