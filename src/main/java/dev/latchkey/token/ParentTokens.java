package dev.latchkey.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;

import dev.latchkey.net.Networks;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Reads the token with which another one is being made. By SQL and not as an entity:
 * making tokens is what scripts do by the thousand.
 */
@Component
class ParentTokens {

	/**
	 * The account is held first, as by everybody. What is read is the row as it is after
	 * that, since a lock of a row reads it anew.
	 */
	private static final String SHARE = """
			with held as materialized (select hold_account(?))
			select t.scopes, t.allowed_ips, t.rate_limit, t.max_role, t.created_at, t.not_before, t.expires_at, t.last_used_at,
			    t.rotated_at, t.revoked_at, t.suspended_at, t.kind, t.family_began_at, t.rotates_itself, t.resources
			from held, token_owner o join api_token t on t.owner_id = o.id
			where o.id = ? and t.id = ? and o.enabled for share of o, t
			""";

	private final JdbcTemplate jdbc;

	private final TokenLives lives;

	private final Clock clock;

	ParentTokens(JdbcTemplate jdbc, TokenLives lives, Clock clock) {
		this.jdbc = jdbc;
		this.lives = lives;
		this.clock = clock;
	}

	/**
	 * Returns the token, which cannot be revoked until this transaction ends, nor its
	 * owner disabled.
	 * @throws TokenNotActiveException if it has ended since the request began
	 */
	ParentToken require(UUID ownerId, UUID id) {
		ParentToken parent = this.jdbc.query(SHARE, (row, number) -> read(row), ownerId, ownerId, id)
			.stream()
			.findFirst()
			.orElseThrow(() -> new TokenNotActiveException(TokenState.REVOKED));
		// Only now: while this waited for the lock, somebody may have revoked the token.
		parent.times().requireUsable(this.lives.idle(), this.clock.instant());
		return parent;
	}

	private ParentToken read(ResultSet row) throws SQLException {
		String maxRole = row.getString("max_role");
		TokenTimes times = TokenColumns.times(row, this.lives);
		return new ParentToken(new TokenTerms(Scopes.parse(row.getString("scopes")),
				Resources.parse(row.getString("resources")), (maxRole != null) ? Role.valueOf(maxRole) : null,
				row.getBoolean("rotates_itself"), Networks.parse(row.getString("allowed_ips")),
				row.getObject("rate_limit", Integer.class), times.notBefore(), times.expiresAt()), times);
	}

}
