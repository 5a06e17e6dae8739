package dev.latchkey.token;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import dev.latchkey.scope.Scope;
import dev.latchkey.scope.Scopes;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Says which scopes living tokens hold. That reads all tokens, and is asked for when an
 * administrator removes a scope.
 */
@Component
public class ScopeHolders {

	private final JdbcClient jdbc;

	private final TokenProperties properties;

	private final Clock clock;

	ScopeHolders(JdbcClient jdbc, TokenProperties properties, Clock clock) {
		this.jdbc = jdbc;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Returns those of the scopes that a token holds which may still be used, by name or
	 * by a wildcard over it, in order.
	 */
	public Set<String> held(Collection<String> scopes) {
		if (scopes.isEmpty()) {
			return Set.of();
		}
		Set<String> written = new HashSet<>(scopes);
		scopes.forEach((scope) -> written.addAll(Scope.wildcardsOver(scope)));
		Instant now = this.clock.instant();
		Scopes found = Scopes.of(this.jdbc.sql("""
				select distinct written from api_token, unnest(string_to_array(scopes, ' ')) as written
				where written = any(:written) and coalesce(least(expires_at, revoked_at), 'infinity') > :now
				    and greatest(last_used_at, created_at) > :idle
				""")
			.param("written", written.toArray(String[]::new))
			.param("now", Timestamp.from(now))
			.param("idle", Timestamp.from(this.properties.idleLifetime().latestEndedStart(now)))
			.query(String.class)
			.list());
		Set<String> held = new TreeSet<>(scopes);
		held.removeIf((scope) -> !found.covers(scope));
		return held;
	}

	/**
	 * Returns whether a token that may still be used is bound to a resource.
	 */
	public boolean areBoundTo(String resource) {
		Instant now = this.clock.instant();
		return this.jdbc.sql("""
				select 1 from api_token
				where :resource = any(string_to_array(resources, ' '))
				    and coalesce(least(expires_at, revoked_at), 'infinity') > :now
				    and greatest(last_used_at, created_at) > :idle limit 1
				""")
			.param("resource", resource)
			.param("now", Timestamp.from(now))
			.param("idle", Timestamp.from(this.properties.idleLifetime().latestEndedStart(now)))
			.query(Integer.class)
			.optional()
			.isPresent();
	}

}
