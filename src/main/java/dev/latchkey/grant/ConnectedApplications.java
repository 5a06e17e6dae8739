package dev.latchkey.grant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.TokenLives;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The applications that act for an account.
 */
@Service
public class ConnectedApplications {

	private static final String LIST = """
			select c.id, c.name, case when c.document_until is not null then c.client_id end as described_at,
			    coalesce(o.given_at, t.since) as since, t.last_used_at,
			    concat_ws(' ', o.scopes, t.scopes) as scopes
			from oauth_client c
			left join oauth_consent o on o.client_id = c.id and o.owner_id = :owner
			    and o.document_version = c.document_version
			left join lateral (
			    select min(created_at) as since, max(last_used_at) as last_used_at, string_agg(scopes, ' ') as scopes
			    from api_token where client_id = c.client_id and owner_id = :owner
			        and (revoked_at is null or revoked_at > :now) and (expires_at is null or expires_at > :now)
			        and (kind <> 'r' or family_began_at > :oldest)
			) t on true
			where o.given_at is not null or t.since is not null
			order by lower(c.name), c.id
			""";

	private final JdbcClient jdbc;

	private final TokenLives lives;

	private final Clock clock;

	ConnectedApplications(JdbcClient jdbc, TokenLives lives, Clock clock) {
		this.jdbc = jdbc;
		this.lives = lives;
		this.clock = clock;
	}

	/**
	 * Returns the applications that act for whoever is calling, by name; none for a
	 * guest.
	 */
	public List<ConnectedApplication> own() {
		return Caller.current().map((caller) -> list(caller.userId())).orElse(List.of());
	}

	/**
	 * Returns the applications that act for an account, by name.
	 */
	public List<ConnectedApplication> list(UUID ownerId) {
		Instant now = this.clock.instant();
		return this.jdbc.sql(LIST)
			.param("owner", ownerId)
			.param("now", Timestamp.from(now))
			.param("oldest", Timestamp.from(this.lives.latestEndedFamily(now)))
			.query((row, number) -> read(row))
			.list();
	}

	/**
	 * Finds one of the applications that act for an account.
	 */
	public Optional<ConnectedApplication> find(UUID ownerId, UUID id) {
		return list(ownerId).stream().filter((application) -> application.id().equals(id)).findFirst();
	}

	private static ConnectedApplication read(ResultSet row) throws SQLException {
		Timestamp lastUsedAt = row.getTimestamp("last_used_at");
		return new ConnectedApplication(row.getObject("id", UUID.class), row.getString("name"),
				row.getString("described_at"), Scopes.parse(row.getString("scopes")),
				row.getTimestamp("since").toInstant(), (lastUsedAt != null) ? lastUsedAt.toInstant() : null);
	}

}
