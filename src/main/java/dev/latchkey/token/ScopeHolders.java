package dev.latchkey.token;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

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
		scopes.forEach((scope) -> written.addAll(wildcards(scope)));
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

	private static Set<String> wildcards(String scope) {
		Set<String> wildcards = new HashSet<>();
		for (int end = scope.indexOf(':'); end >= 0; end = scope.indexOf(':', end + 1)) {
			wildcards.add(scope.substring(0, end) + ":*");
		}
		return wildcards;
	}

}
