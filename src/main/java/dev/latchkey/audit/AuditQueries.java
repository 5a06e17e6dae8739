package dev.latchkey.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.Change;
import dev.latchkey.value.Totals;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds events, the latest first.
 */
@Component
class AuditQueries {

	private static final String COLUMNS = """
			select id, at, action, actor, credential_kind, credential_id, token_id, ip, request_id, count, changes,
			    detail,
			""" + AccountIds.SHOWN;

	private static final String COUNT = "select count(*) from (select%s limit :counted) counted";

	private static final String ALL = " from audit_event";

	/** What is passed over on the way to a late page is looked up in an index alone. */
	private static final String SHOWN = """
			 from audit_event where id = any(array(
			    select id from audit_event%s order by at desc, id desc offset :offset limit :limit))
			order by at desc, id desc
			""";

	private static final String ONWARD = """
			 and id <= :last and (at, id) > (:at, :id) order by at, id limit :limit
			""";

	private static final String OF_TOKEN = " from audit_event where token_id = :token and owner_id = :owner";

	private static final String ORDER = " order by at desc, id desc offset :offset limit :limit";

	private final JdbcClient jdbc;

	private final JsonMapper json;

	AuditQueries(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
	}

	List<AuditEvent> find(AuditFilter filter, int offset, int limit) {
		return this.jdbc.sql(COLUMNS + SHOWN.formatted(filter.where()))
			.params(filter.parameters())
			.param("offset", offset)
			.param("limit", limit)
			.query(this::read)
			.list();
	}

	/** Counts up to {@link Totals#COUNTED}. */
	long count(AuditFilter filter) {
		return this.jdbc.sql(COUNT.formatted(ALL + filter.where()))
			.params(filter.parameters())
			.param("counted", Totals.COUNTED)
			.query(Long.class)
			.single();
	}

	/**
	 * Returns the last event that has been written.
	 */
	long last() {
		return this.jdbc.sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
	}

	/**
	 * Returns the first of the events that come after another one, the oldest first.
	 * @param last up to which event they were written
	 * @param at when the other one happened
	 * @param id the other one
	 */
	List<AuditEvent> after(AuditFilter filter, long last, Instant at, long id, int limit) {
		return this.jdbc.sql(COLUMNS + ALL + filter.where() + ONWARD)
			.params(filter.parameters())
			.param("last", last)
			.param("at", Timestamp.from(at))
			.param("id", id)
			.param("limit", limit)
			.query(this::read)
			.list();
	}

	List<AuditEvent> ofToken(UUID token, UUID owner, int offset, int limit) {
		return this.jdbc.sql(COLUMNS + OF_TOKEN + ORDER)
			.params(Map.of("token", token, "owner", owner, "offset", offset, "limit", limit))
			.query(this::read)
			.list();
	}

	/** Likewise. */
	long countOfToken(UUID token, UUID owner) {
		return this.jdbc.sql(COUNT.formatted(OF_TOKEN))
			.params(Map.of("token", token, "owner", owner, "counted", Totals.COUNTED))
			.query(Long.class)
			.single();
	}

	private AuditEvent read(ResultSet row, int number) throws SQLException {
		String kind = row.getString("credential_kind");
		return new AuditEvent(row.getLong("id"), row.getTimestamp("at").toInstant(), row.getString("action"),
				row.getString("actor"), row.getString("actor_id"),
				(kind != null) ? new AuditEvent.With(kind, row.getString("credential_id")) : null,
				row.getString("owner_id"), row.getObject("token_id", UUID.class),
				List.of(this.json.readValue(row.getString("changes"), Change[].class)), row.getString("ip"),
				row.getString("request_id"), row.getInt("count"), row.getString("detail"));
	}

}
