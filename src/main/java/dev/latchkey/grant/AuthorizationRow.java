package dev.latchkey.grant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.latchkey.token.TokenDigest;
import org.jspecify.annotations.Nullable;

/**
 * A request to act for somebody, at rest.
 *
 * @param id the request
 * @param clientId the registration of the client that asks
 * @param ownerId the account that is asked
 * @param familyId the grant that the code was redeemed for, or null
 * @param expiresAt when state or code end
 * @param usedAt when the code was redeemed, or null
 * @param rights what is asked for, and what was granted
 * @param redirectUri where the answer goes, as the request gave it, or null
 * @param clientState what the application wants back, or null
 * @param codeChallenge what the code's verifier is compared with
 */
public record AuthorizationRow(UUID id, UUID clientId, UUID ownerId, @Nullable UUID familyId, Instant expiresAt,
		@Nullable Instant usedAt, AskedRights rights, @Nullable String redirectUri, @Nullable String clientState,
		String codeChallenge) {

	/** RFC 7636 section 4.1. */
	private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

	static AuthorizationRow read(ResultSet row) throws SQLException {
		Timestamp usedAt = row.getTimestamp("used_at");
		return new AuthorizationRow(row.getObject("id", UUID.class), row.getObject("client_id", UUID.class),
				row.getObject("owner_id", UUID.class), row.getObject("family_id", UUID.class),
				row.getTimestamp("expires_at").toInstant(), (usedAt != null) ? usedAt.toInstant() : null,
				AskedRights.read(row), row.getString("redirect_uri"), row.getString("client_state"),
				row.getString("code_challenge"));
	}

	/** By S256 (RFC 7636 section 4.6); a short verifier could be guessed. */
	boolean isChallengeOf(String verifier) {
		if (!VERIFIER.matcher(verifier).matches()) {
			return false;
		}
		String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(TokenDigest.of(verifier).bytes());
		return MessageDigest.isEqual(challenge.getBytes(StandardCharsets.UTF_8),
				this.codeChallenge.getBytes(StandardCharsets.UTF_8));
	}

}
