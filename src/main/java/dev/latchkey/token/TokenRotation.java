package dev.latchkey.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.latchkey.caller.Actor;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Replaces a token's secret: a successor takes over, and the old one lives for its grace
 * period.
 */
@Service
public class TokenRotation {

	private final ApiTokenRepository tokens;

	private final TokenInsert inserts;

	private final SuccessorRules rules;

	private final TokenOwners owners;

	private final TokenLives lives;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TokenRotation(ApiTokenRepository tokens, TokenInsert inserts, SuccessorRules rules, TokenOwners owners,
			TokenLives lives, ApplicationEventPublisher events, Clock clock) {
		this.tokens = tokens;
		this.inserts = inserts;
		this.rules = rules;
		this.owners = owners;
		this.lives = lives;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Rotates a token of the account that acts. Its successor may do the same, but for
	 * scopes that were retired.
	 * @param by who acts: where it is the token itself, its successor lives no longer
	 * than it was made for; that of another token cannot go beyond the one that acts and
	 * ends with it where descendants do
	 * @param grace how long the old token lives on, or null for not at all
	 * @param expiry when the successor ends, or null for a life as long as the old one's
	 * @return the successor, or empty if the account has no such token
	 * @throws AlreadyRotatedException if there is a successor already
	 * @throws TokenNotActiveException if the token has ended
	 * @throws QuotaExceededException if the old token is to live on, and there would be
	 * more than an account may have
	 * @throws InvalidFieldsException with every field that is not acceptable, {@code id}
	 * for an application's token
	 */
	@RetriedTransaction
	public Optional<IssuedToken> rotate(Actor by, UUID tokenId, @Nullable Duration grace, @Nullable Expiry expiry) {
		UUID ownerId = by.userId();
		UUID actingId = by.tokenId();
		if (!this.owners.lock(ownerId)) {
			throw new TokenNotActiveException(TokenState.REVOKED);
		}
		Map<UUID, ApiToken> locked = this.tokens.lockWithParents(tokenId, ownerId, actingId)
			.stream()
			.collect(Collectors.toMap(ApiToken::id, Function.identity()));
		// Only now: while this waited for the locks, somebody may have revoked a token.
		Instant now = this.clock.instant();
		return Optional.ofNullable(locked.get(tokenId)).map((token) -> {
			requireOwnersTo(token, actingId);
			token.requireRotatable(this.lives, now);
			return replace(by, token, this.rules.of(token, locked, actingId, grace, expiry, now), now);
		});
	}

	/**
	 * Returns when the successor ends if nobody wishes otherwise and it is made now: a
	 * life as long as the old one's, cut to the limits; and the date that was chosen for
	 * the old one, which its owner may want to keep.
	 * @return the end, or empty if the owner has no such token
	 */
	@Transactional(readOnly = true)
	public Optional<SuccessorEnd> endOfSuccessor(UUID ownerId, UUID tokenId) {
		Instant now = this.clock.instant();
		return this.tokens.findByIdAndOwnerId(tokenId, ownerId).map((token) -> {
			Map<UUID, ApiToken> parent = Optional.ofNullable(token.parentId())
				.flatMap((id) -> this.tokens.findByIdAndOwnerId(id, ownerId))
				.map((found) -> Map.of(found.id(), found))
				.orElse(Map.of());
			return this.rules.endsOf(token, parent, now);
		});
	}

	/**
	 * An application gets its next token by itself; handed to the owner, it would be cut
	 * off. What holds one may still rotate that very one.
	 */
	private static void requireOwnersTo(ApiToken token, @Nullable UUID actingId) {
		FieldFaults faults = new FieldFaults();
		if (token.kind() != TokenKind.PERSONAL && !token.id().equals(actingId)) {
			faults.add("id", "is the token of an application, which renews it itself; revoke it to end it");
		}
		faults.throwIfAny();
	}

	private IssuedToken replace(Actor by, ApiToken token, SuccessorRules.Terms terms, Instant now) {
		TokenDetails before = token.details(this.lives, now);
		TokenGrant grant = token.rotate(terms.parentId(), terms.scopes(), terms.end(), terms.grace(), this.lives, now);
		this.tokens.save(token);
		IssuedToken issued = terms.grace().isZero() ? this.inserts.insertInPlace(grant, now)
				: this.inserts.insert(grant, now);
		TokenDetails successor = issued.details();
		this.events.publishEvent(new TokenEvent.TokenRotated(token.id()));
		this.events.publishEvent(TokenActs.rotated(by, before, token.details(this.lives, now), successor.id()));
		this.events.publishEvent(TokenActs.created(by, successor, token.id()));
		return issued;
	}

}
