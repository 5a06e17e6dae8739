package dev.latchkey.audit;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Feeds the parts that the audit puts into pages of others, by the templates of
 * {@code audit/parts.html} alone. The page has made sure whose token it is.
 */
@Component("auditParts")
public class AuditParts {

	private static final int LATEST = 50;

	private static final Duration RECENT = Duration.ofDays(7);

	private static final String REUSED = """
			select t.id, t.name, max(e.at) as at, coalesce(sum(e.count), 0) as times from audit_event e
			join api_token t on t.id = e.token_id
			where e.owner_id = :owner and e.action = 'token.reuse_detected' and e.at >= :since
			and :alive = exists (select 1 from api_token other where other.family_id = t.family_id
			    and (other.revoked_at is null or other.revoked_at > :now) and (other.expires_at is null or other.expires_at > :now))
			group by t.id, t.name order by max(e.at) desc limit 5
			""";

	private final AuditQueries events;

	private final AuditRows rows;

	private final JdbcClient jdbc;

	private final Clock clock;

	AuditParts(AuditQueries events, AuditRows rows, JdbcClient jdbc, Clock clock) {
		this.events = events;
		this.rows = rows;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Returns the latest 50 events about a token, the latest first.
	 */
	public List<AuditRow> ofToken(UUID token, UUID owner) {
		return this.rows.of(this.events.ofToken(token, owner, 0, LATEST), owner);
	}

	/**
	 * Returns up to five tokens of an owner's that somebody used in the last 7 days after
	 * they had been rotated, the latest first.
	 * @param alive whether there is something left of them to be revoked
	 */
	public List<Map<String, Object>> reused(UUID owner, boolean alive) {
		Instant now = this.clock.instant();
		return this.jdbc.sql(REUSED)
			.param("owner", owner)
			.param("alive", alive)
			.param("now", Timestamp.from(now))
			.param("since", Timestamp.from(now.minus(RECENT)))
			.query()
			.listOfRows();
	}

}
