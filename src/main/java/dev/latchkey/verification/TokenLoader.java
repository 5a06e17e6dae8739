package dev.latchkey.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeAuthorities;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.Networks;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenTimes;
import dev.latchkey.user.Caller;
import dev.latchkey.user.CurrentToken;
import dev.latchkey.user.User;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Brings a token, its owner and the owner's roles from the database in one statement.
 */
@Component
class TokenLoader {

	private static final String BY_DIGEST = """
			select t.id, t.kind, t.client_id, t.name, t.scopes, t.hint, t.created_at, t.not_before, t.expires_at,
			    t.last_used_at, t.rotated_at, t.revoked_at, t.allowed_ips, t.rate_limit,
			    u.id as user_id, u.email, u.name as user_name, u.roles, u.enabled, u.created_at as user_created_at
			from api_token t join app_user u on u.id = t.owner_id
			where t.digest = ?
			""";

	private final JdbcTemplate jdbc;

	private final ScopeCatalogue catalogue;

	TokenLoader(JdbcTemplate jdbc, ScopeCatalogue catalogue) {
		this.jdbc = jdbc;
		this.catalogue = catalogue;
	}

	Optional<StoredToken> load(TokenDigest digest) {
		return this.jdbc.query(BY_DIGEST, (row, number) -> read(row), (Object) digest.bytes()).stream().findFirst();
	}

	private StoredToken read(ResultSet row) throws SQLException {
		TokenTimes times = new TokenTimes(instant(row, "created_at").orElseThrow(), orNull(row, "not_before"),
				orNull(row, "expires_at"), orNull(row, "last_used_at"), orNull(row, "revoked_at"));
		UUID id = row.getObject("id", UUID.class);
		Scopes scopes = Scopes.parse(row.getString("scopes"));
		User owner = new User(row.getObject("user_id", UUID.class), row.getString("email"), row.getString("user_name"),
				roles(row.getString("roles")), row.getBoolean("enabled"),
				instant(row, "user_created_at").orElseThrow());
		CurrentToken token = new CurrentToken(id, row.getString("name"), scopes, row.getString("hint"), times.end());
		Set<String> rights = this.catalogue.effective(scopes, owner.roles());
		VerifiedToken good = new VerifiedToken(id, TokenKind.of(row.getString("kind").charAt(0)),
				row.getString("client_id"), new Caller(owner, rights, token),
				ScopeAuthorities.of(rights, owner.roles()), times, Networks.parse(row.getString("allowed_ips")),
				row.getObject("rate_limit", Integer.class));
		return new StoredToken(good, row.getTimestamp("rotated_at") != null);
	}

	private static Set<Role> roles(String stored) {
		return Arrays.stream(stored.split(" ")).map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
	}

	private static @Nullable Instant orNull(ResultSet row, String column) throws SQLException {
		return instant(row, column).orElse(null);
	}

	private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
		Timestamp time = row.getTimestamp(column);
		return (time != null) ? Optional.of(time.toInstant()) : Optional.empty();
	}

}
