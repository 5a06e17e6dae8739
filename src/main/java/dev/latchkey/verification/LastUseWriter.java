package dev.latchkey.verification;

import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;

import dev.latchkey.verification.LastUseRecorder.LastUse;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes a batch of last uses. The rows are locked in the order of their keys first, so
 * that batches of two nodes wait for each other instead of dying in a deadlock; a row
 * that somebody is just changing is left out until the next use.
 */
@Component
class LastUseWriter {

	private static final String UPDATE = """
			with used as (
			    select * from unnest(:ids, :times, :addresses) as used(id, at, ip)
			), held as (
			    select id from api_token where id = any(:ids) order by id for no key update skip locked
			), written as (
			    update api_token t set last_used_at = used.at, last_used_ip = used.ip
			    from used join held using (id)
			    where t.id = used.id and (t.last_used_at is null or t.last_used_at <= used.at - interval '1 minute')
			    returning t.id, cast(t.last_used_at at time zone 'UTC' as date) as day
			), aged as (
			    delete from token_use u using written w where u.token_id = w.id and u.day <= w.day - 30
			)
			insert into token_use (token_id, day, minutes) select id, day, 1 from written
			on conflict (token_id, day) do update set minutes = token_use.minutes + 1
			""";

	private final JdbcClient jdbc;

	LastUseWriter(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void write(List<LastUse> uses) {
		this.jdbc.sql(UPDATE)
			.param("ids", uses.stream().map(LastUse::tokenId).toArray(UUID[]::new))
			.param("times", uses.stream().map((use) -> Timestamp.from(use.at())).toArray(Timestamp[]::new))
			.param("addresses", uses.stream().map((use) -> use.address().getHostAddress()).toArray(String[]::new))
			.update();
	}

}
