package dev.latchkey.verification;

import java.util.List;
import java.util.UUID;

import dev.latchkey.verification.ScopeUseRecorder.ScopeUse;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes a batch of scopes that were used, in the order of the table's key, so that
 * batches of two nodes wait for each other instead of dying in a deadlock. What another
 * node has written for the day stays as it is; what is about a token that is gone is left
 * out.
 */
@Component
class ScopeUseWriter {

	private static final String UPSERT = """
			insert into token_scope_use (token_id, scope, day)
			select used.id, used.scope, date '1970-01-01' + max(used.day)
			from unnest(:ids, :scopes, :days) as used(id, scope, day) join api_token t on t.id = used.id
			group by used.id, used.scope order by used.id, used.scope
			on conflict (token_id, scope) do update set day = excluded.day where token_scope_use.day < excluded.day
			""";

	private final JdbcClient jdbc;

	ScopeUseWriter(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	void write(List<ScopeUse> uses) {
		this.jdbc.sql(UPSERT)
			.param("ids", uses.stream().map(ScopeUse::tokenId).toArray(UUID[]::new))
			.param("scopes", uses.stream().map(ScopeUse::scope).toArray(String[]::new))
			.param("days", uses.stream().map(ScopeUse::day).toArray(Integer[]::new))
			.update();
	}

}
