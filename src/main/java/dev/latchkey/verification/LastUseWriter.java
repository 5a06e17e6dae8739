package dev.latchkey.verification;

import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;

import dev.latchkey.net.IpAddress;
import dev.latchkey.verification.LastUseRecorder.LastUse;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes a batch of last uses. The rows are locked in the order of their keys first, so
 * that batches of two nodes wait for each other instead of dying in a deadlock; a row
 * that somebody is just changing is left out until the next use. What is locked is found
 * again by its place, or each batch would read the whole table; old days go with the
 * first use of a new one.
 */
@Component
class LastUseWriter {

	private static final String UPDATE = """
			with used as (
			    select * from unnest(:ids, :times, :addresses) as used(id, at, ip)
			), held as (
			    select id, ctid as place from api_token where id = any(:ids) order by id for no key update skip locked
			), written as (
			    update api_token t set last_used_at = used.at, last_used_ip = used.ip
			    from used join held using (id)
			    where t.ctid = held.place and (t.last_used_at is null or t.last_used_at <= used.at - interval '1 minute')
			    returning t.id, cast(t.last_used_at at time zone 'UTC' as date) as day
			), counted as (
			    insert into token_use (token_id, day, minutes) select id, day, 1 from written
			    on conflict (token_id, day) do update set minutes = token_use.minutes + 1
			    returning token_id, day, minutes
			)
			delete from token_use u using counted c
			where c.minutes = 1 and u.token_id = c.token_id and u.day <= c.day - 30
			""";

	private final JdbcClient jdbc;

	LastUseWriter(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void write(List<LastUse> uses) {
		this.jdbc.sql(UPDATE)
			.param("ids", uses.stream().map(LastUse::tokenId).toArray(UUID[]::new))
			.param("times", uses.stream().map((use) -> Timestamp.from(use.at())).toArray(Timestamp[]::new))
			.param("addresses", uses.stream().map(LastUseWriter::address).toArray(String[]::new))
			.update();
	}

	/** One that is not known takes the place of an older one: it was not that. */
	private static @Nullable String address(LastUse use) {
		return (use.address() != null) ? IpAddress.text(use.address()) : null;
	}

}
