package dev.latchkey.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * Reads what several statements ask of the table of tokens.
 */
public final class TokenColumns {

	private TokenColumns() {
	}

	/**
	 * Returns the times of a token's life from the columns of their names.
	 * @throws SQLException if one of them was not asked for
	 */
	public static TokenTimes times(ResultSet row, TokenLives lives) throws SQLException {
		TokenKind kind = TokenKind.of(row.getString("kind").charAt(0));
		Instant createdAt = row.getObject("created_at", OffsetDateTime.class).toInstant();
		Instant expiresAt = time(row, "expires_at");
		return TokenTimes.atRest(createdAt, time(row, "not_before"),
				lives.end(kind, time(row, "family_began_at"), expiresAt), time(row, "last_used_at"),
				time(row, "rotated_at"), time(row, "revoked_at"),
				lives.suspension(kind, createdAt, expiresAt, time(row, "suspended_at")));
	}

	static @Nullable Instant time(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

}
