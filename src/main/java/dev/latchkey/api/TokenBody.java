package dev.latchkey.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.caller.CurrentToken;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.ScopesUsed;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenHistory;
import dev.latchkey.token.TokenState;
import dev.latchkey.token.TokenTerms;
import dev.latchkey.token.TokenTimes;
import dev.latchkey.verification.VerifiedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

/**
 * A token as the API shows it; the raw token only in the answer that makes it, the scopes
 * that it has used only where one asks about that token, or for everybody's.
 */
public record TokenBody(UUID id, String name, @Nullable String description, List<String> scopes, List<String> resources,
		@Nullable String hint, @Nullable Instant expiresAt, @Nullable Instant notBefore, List<String> allowedIps,
		@Nullable Integer rateLimit, Instant createdAt, @Nullable Instant lastUsedAt, @Nullable String lastUsedIp,
		TokenState state, @Nullable Instant revokedAt, @Nullable String revocationReason,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> scopesUsed,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawToken token) {

	static TokenBody of(TokenDetails details) {
		return of(details, null, null);
	}

	static TokenBody of(TokenDetails details, ScopesUsed used) {
		return of(details, List.copyOf(used.names()), null);
	}

	static TokenBody of(IssuedToken issued) {
		return of(issued.details(), null, issued.raw());
	}

	/**
	 * The token with which the caller came, as it was verified for this request: that is
	 * all there is to know of it, so that the database need not be asked.
	 */
	static @Nullable TokenBody of(SecurityContext context) {
		Authentication authentication = context.getAuthentication();
		return (authentication != null && authentication.getDetails() instanceof VerifiedToken token) ? of(token)
				: null;
	}

	private static TokenBody of(VerifiedToken token) {
		CurrentToken current = token.caller().currentToken().orElseThrow();
		TokenTimes times = token.times();
		return new TokenBody(current.id(), current.name(), current.description(), List.copyOf(current.scopes().names()),
				List.copyOf(current.resources().names()), current.hint(), current.expiresAt(), times.notBefore(),
				token.networks().toStrings(), token.rateLimit(), times.createdAt(), times.lastUsedAt(),
				token.lastUsedIp(), TokenState.ACTIVE, null, null, null, null);
	}

	private static TokenBody of(TokenDetails details, @Nullable List<String> used, @Nullable RawToken raw) {
		TokenTerms terms = details.terms();
		TokenHistory history = details.history();
		return new TokenBody(details.id(), details.name(), details.description(), List.copyOf(terms.scopes().names()),
				List.copyOf(terms.resources().names()), details.hint(), terms.expiresAt(), terms.notBefore(),
				terms.networks().toStrings(), terms.rateLimit(), history.createdAt(), history.lastUsedAt(),
				history.lastUsedIp(), details.state(), history.revokedAt(), history.revocationReason(), used, raw);
	}

}
