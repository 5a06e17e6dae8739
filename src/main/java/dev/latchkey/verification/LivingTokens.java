package dev.latchkey.verification;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.token.RawToken;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenProperties;
import dev.latchkey.token.TokenReader;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Finds tokens that live: in memory where that is certain, else in the database. From
 * where one is presented, and by whom, does not matter here.
 */
@Component
class LivingTokens {

	private final TokenReader reader;

	private final VerifiedTokenCache cache;

	private final TokenLoader loader;

	private final TokenProperties properties;

	private final Clock clock;

	LivingTokens(TokenReader reader, VerifiedTokenCache cache, TokenLoader loader, TokenProperties properties,
			Clock clock) {
		this.reader = reader;
		this.cache = cache;
		this.loader = loader;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Returns what is presented, if it has the form of a token.
	 * @param asking whether nothing that is remembered counts: whether there are imported
	 * tokens is remembered, too
	 * @throws TokenRefusedException if it has not
	 */
	RawToken read(String presented, boolean asking) {
		return (asking ? this.reader.parseAny(presented) : this.reader.parse(presented))
			.orElseThrow(() -> new TokenRefusedException(RefusalReason.MALFORMED));
	}

	/**
	 * Returns the token.
	 * @param asking whether the database is asked, whatever is remembered
	 * @throws TokenRefusedException if there is none, or it does not live
	 */
	LoadedToken find(RawToken raw, Instant now, boolean asking) {
		return find(TokenDigest.of(raw), raw.number(), now, asking);
	}

	/**
	 * Returns the token of that id, or empty where there is none. Asks once more where
	 * nothing was found, since the row may have come under another pepper after its
	 * digest was read.
	 * @throws TokenRefusedException if it does not live
	 */
	Optional<LoadedToken> find(UUID id, boolean asking) {
		try {
			return this.loader.digest(id).map((digest) -> find(digest, null, this.clock.instant(), asking));
		}
		catch (TokenRefusedException refusal) {
			if (refusal.reason() != RefusalReason.UNKNOWN) {
				throw refusal;
			}
			return this.loader.digest(id).map((digest) -> find(digest, null, this.clock.instant(), asking));
		}
	}

	private LoadedToken find(TokenDigest digest, @Nullable Long number, Instant now, boolean asking) {
		LoadedToken remembered = asking ? null : this.cache.find(digest);
		LoadedToken token;
		try {
			token = (remembered != null) ? remembered : load(digest);
		}
		catch (DataAccessException ex) {
			// Who was to renew what is remembered fares no worse than all others.
			remembered = asking ? null : this.cache.find(digest);
			if (remembered == null) {
				throw ex;
			}
			token = remembered;
		}
		if (number != null && !number.equals(token.stored().number())) {
			throw new TokenRefusedException(RefusalReason.UNKNOWN);
		}
		RefusalReason fault = fault(token, now);
		if (fault == RefusalReason.IDLE_EXPIRED && remembered != null) {
			// Another node may have seen a use since.
			token = load(digest);
			fault = fault(token, now);
		}
		if (fault != null) {
			throw token.refusal(fault);
		}
		return token;
	}

	private LoadedToken load(TokenDigest digest) {
		LoadedToken token = this.loader.load(digest);
		if (token == null) {
			throw new TokenRefusedException(RefusalReason.UNKNOWN);
		}
		this.cache.put(digest, token);
		return token;
	}

	private @Nullable RefusalReason fault(LoadedToken token, Instant now) {
		return switch (token.stateAt(now, this.properties.idleLifetime())) {
			case ACTIVE -> token.stored().ownerEnabled() ? null : RefusalReason.OWNER_DISABLED;
			case NOT_YET_ACTIVE -> RefusalReason.NOT_YET_ACTIVE;
			case EXPIRED -> RefusalReason.EXPIRED;
			case IDLE_EXPIRED -> RefusalReason.IDLE_EXPIRED;
			case SUSPENDED -> RefusalReason.SUSPENDED;
			case REVOKED -> token.stored().rotated() ? RefusalReason.REUSED : RefusalReason.REVOKED;
		};
	}

}
