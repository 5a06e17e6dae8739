package dev.latchkey.token;

import java.time.Instant;
import java.util.UUID;

import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The token with which another one is made or changed: what it may not do itself, it
 * cannot give.
 */
@Component
class ParentToken {

	private final ApiTokenRepository tokens;

	private final TokenProperties properties;

	ParentToken(ApiTokenRepository tokens, TokenProperties properties) {
		this.tokens = tokens;
		this.properties = properties;
	}

	/**
	 * Returns the token, which cannot be revoked until this transaction ends.
	 * @throws TokenNotActiveException if it was revoked since the request began
	 */
	ApiToken require(UUID id, Instant now) {
		ApiToken parent = this.tokens.share(id).orElseThrow(() -> new TokenNotActiveException(TokenState.REVOKED));
		parent.requireUnended(this.properties.idleLifetime(), now);
		return parent;
	}

	static void checkScopes(ApiToken parent, Scopes scopes, Violations violations) {
		for (String scope : scopes.names()) {
			if (!parent.scopes().covers(scope)) {
				violations.add("scopes",
						"cannot have %s, which the token it is made with does not have".formatted(scope));
			}
		}
	}

	/** A child that asks for no network gets its parent's. */
	static Networks narrow(ApiToken parent, Networks wanted, Violations violations) {
		if (wanted.blocks().isEmpty()) {
			return parent.networks();
		}
		if (!parent.networks().covers(wanted)) {
			violations.add("allowed_ips", "cannot go beyond those of the token it is made with");
		}
		return wanted;
	}

	/** A child that asks for no limit gets its parent's. */
	static @Nullable Integer narrow(ApiToken parent, @Nullable Integer wanted, Violations violations) {
		if (wanted == null) {
			return parent.rateLimit();
		}
		checkRate(parent, wanted, violations);
		return wanted;
	}

	static void checkRate(ApiToken parent, @Nullable Integer wanted, Violations violations) {
		Integer limit = parent.rateLimit();
		if (limit != null && (wanted == null || wanted > limit)) {
			violations.add("rate_limit", "cannot go beyond that of the token it is made with");
		}
	}

}
