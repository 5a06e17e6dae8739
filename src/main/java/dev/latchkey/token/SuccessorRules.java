package dev.latchkey.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.scope.ScopeAdmission;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What the successor of a token may be: what it may do and how long it lives; and how
 * long the old one lives on. It goes beyond neither the token with which the old one was
 * made, nor the one that rotates it.
 */
@Component
class SuccessorRules {

	private final LifetimeRules lifetimes;

	private final ScopeCatalogue catalogue;

	private final ScopeAdmission admission;

	private final TokenLives lives;

	SuccessorRules(LifetimeRules lifetimes, ScopeCatalogue catalogue, ScopeAdmission admission, TokenLives lives) {
		this.lifetimes = lifetimes;
		this.catalogue = catalogue;
		this.admission = admission;
		this.lives = lives;
	}

	/**
	 * Returns the terms of a successor that is made now.
	 * @param locked the tokens that bound it, as they are now, by their ids
	 * @param actingId the token that asks, or null if a person does
	 * @param grace how long the old token shall live on, or null for not at all
	 * @param expiry when the successor shall end, or null for a life as long as the old
	 * one's
	 * @throws TokenNotActiveException if the token that asks has ended
	 * @throws InvalidFieldsException with every field that is not acceptable
	 */
	Terms of(ApiToken token, Map<UUID, ApiToken> locked, @Nullable UUID actingId, @Nullable Duration grace,
			@Nullable Expiry expiry, Instant now) {
		FieldFaults faults = new FieldFaults();
		Scopes scopes = this.admission.withoutRetired(token.scopes());
		Instant ceiling = parentEnd(token, locked);
		UUID parentId = token.parentId();
		if (token.id().equals(actingId)) {
			ceiling = TokenTimes.earlier(ceiling, token.times(this.lives).sameLifeFrom(now));
		}
		else if (actingId != null) {
			parentId = actingId;
			ParentToken asking = asking(actingId, locked, now);
			asking.check(token.terms().doing(scopes), this.catalogue, faults);
			ceiling = TokenTimes.earlier(ceiling, asking.times().end());
		}
		Instant end = this.lifetimes.endOfSuccessor(token.times(this.lives), expiry, ceiling, now, faults);
		Instant begin = token.times(this.lives).notBefore();
		if (end != null && begin != null && !begin.isBefore(end)) {
			faults.addFirst("expires_at", "must be after %s, when the token may first be used".formatted(begin));
		}
		Duration kept = this.lifetimes.graceOf(grace, faults);
		if (scopes.names().isEmpty()) {
			faults.add("scopes", "has only retired scopes, which no token gets any more");
		}
		faults.throwIfAny();
		return new Terms(parentId, scopes, new Expiry(end, expiry != null && expiry.isDate()), kept);
	}

	/**
	 * Returns the ends that a successor may be given now.
	 * @param parents the token with which the old one was made, if there is one still, by
	 * its id
	 */
	SuccessorEnd endsOf(ApiToken token, Map<UUID, ApiToken> parents, Instant now) {
		Instant ceiling = parentEnd(token, parents);
		Instant sameLife = this.lifetimes.endOfSuccessor(token.times(this.lives), null, ceiling, now,
				new FieldFaults());
		return new SuccessorEnd(new Expiry(sameLife, false), this.lifetimes.admitted(token.chosenEnd(), ceiling, now));
	}

	private ParentToken asking(UUID id, Map<UUID, ApiToken> locked, Instant now) {
		ApiToken token = locked.get(id);
		if (token == null) {
			throw new TokenNotActiveException(TokenState.REVOKED);
		}
		token.requireUsable(this.lives, now);
		return new ParentToken(token.terms(), token.times(this.lives));
	}

	/**
	 * A flow's token gets no longer life by a rotation: that is what its refresh token is
	 * for. Of a parent that was pruned, only the lives that it gave are known.
	 */
	private @Nullable Instant parentEnd(ApiToken token, Map<UUID, ApiToken> parents) {
		if (token.kind() == TokenKind.ACCESS) {
			return token.times(this.lives).expiresAt();
		}
		UUID parentId = token.parentId();
		if (parentId == null) {
			return null;
		}
		return parents.getOrDefault(parentId, token).times(this.lives).expiresAt();
	}

	/**
	 * The terms of a successor.
	 *
	 * @param parentId the token with which it is made, as its holder knows it, or null
	 * @param scopes what it may do
	 * @param end when it ends
	 * @param grace how long the old one lives on
	 */
	record Terms(@Nullable UUID parentId, Scopes scopes, Expiry end, Duration grace) {

	}

}
