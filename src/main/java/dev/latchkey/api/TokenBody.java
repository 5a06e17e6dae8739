package dev.latchkey.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenState;
import org.jspecify.annotations.Nullable;

/**
 * A token as the API shows it; the raw token only in the answer that makes it.
 */
record TokenBody(UUID id, String name, List<String> scopes, String hint, @Nullable Instant expiresAt,
		@Nullable Instant notBefore, List<String> allowedIps, @Nullable Integer rateLimit, Instant createdAt,
		@Nullable Instant lastUsedAt, @Nullable String lastUsedIp, TokenState state, @Nullable Instant revokedAt,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawToken token) {

	static TokenBody of(TokenDetails details) {
		return of(details, null);
	}

	static TokenBody of(IssuedToken issued) {
		return of(issued.details(), issued.raw());
	}

	private static TokenBody of(TokenDetails details, @Nullable RawToken raw) {
		return new TokenBody(details.id(), details.name(), List.copyOf(details.scopes().names()), details.hint(),
				details.expiresAt(), details.notBefore(), details.networks().toStrings(), details.rateLimit(),
				details.createdAt(), details.lastUsedAt(), details.lastUsedIp(), details.state(), details.revokedAt(),
				raw);
	}

}
