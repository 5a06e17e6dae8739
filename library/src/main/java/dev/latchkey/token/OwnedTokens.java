package dev.latchkey.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import dev.latchkey.net.IpAddress;
import dev.latchkey.net.Networks;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Lists tokens for whoever owns them, by SQL: the server's lists are made of entities,
 * which an application that embeds this does not have.
 */
@Component
public class OwnedTokens {

	/** As many as an owner may have that live, by default. */
	private static final int MOST = 1000;

	private static final String LIST = """
			select id, owner_id, kind, name, description, hint, scopes, resources, max_role, rotates_itself, allowed_ips, rate_limit,
			    created_at, not_before, expires_at, last_used_at, last_used_ip, rotated_at, revoked_at, revocation_reason,
			    suspended_at, family_began_at
			from api_token where owner_id = ? and kind = 'p' order by created_at desc, id desc limit ?
			""";

	private final JdbcTemplate jdbc;

	private final TokenLives lives;

	private final Clock clock;

	OwnedTokens(JdbcTemplate jdbc, TokenLives lives, Clock clock) {
		this.jdbc = jdbc;
		this.lives = lives;
		this.clock = clock;
	}

	/**
	 * Returns the latest personal access tokens of an owner, ended ones among them until
	 * they are deleted; the newest comes first, and there are no more than 1000.
	 */
	public List<TokenDetails> list(UUID ownerId) {
		Instant now = this.clock.instant();
		return this.jdbc.query(LIST, (row, number) -> details(row, now), ownerId, MOST);
	}

	private TokenDetails details(ResultSet row, Instant now) throws SQLException {
		TokenTimes times = TokenColumns.times(row, this.lives);
		TokenState state = times.stateAt(now, this.lives.idle());
		TokenKind kind = TokenKind.of(row.getString("kind").charAt(0));
		boolean revoked = state == TokenState.REVOKED;
		String maxRole = row.getString("max_role");
		TokenTerms terms = new TokenTerms(Scopes.parse(row.getString("scopes")),
				Resources.parse(row.getString("resources")), (maxRole != null) ? Role.valueOf(maxRole) : null,
				row.getBoolean("rotates_itself"), Networks.parse(row.getString("allowed_ips")),
				row.getObject("rate_limit", Integer.class), times.notBefore(),
				revoked ? times.expiresAt() : times.end());
		TokenHistory history = new TokenHistory(times.createdAt(), times.lastUsedAt(),
				IpAddress.rewritten(row.getString("last_used_ip")), row.getObject("rotated_at") != null,
				revoked ? time(row, "revoked_at") : null, revoked ? row.getString("revocation_reason") : null);
		return new TokenDetails(row.getObject("id", UUID.class), row.getObject("owner_id", UUID.class), kind,
				row.getString("name"), row.getString("description"), row.getString("hint"), terms, history, state,
				this.lives.isTooLong(kind, times.createdAt(), time(row, "expires_at")));
	}

	private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

}
