package dev.latchkey.token;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.net.Networks;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Renames and describes tokens and takes rights away from them, and from what was made
 * with them; it never gives any.
 */
@Service
public class TokenEditor {

	private final ApiTokenRepository tokens;

	private final TokenChangeRules rules;

	private final ScopeCatalogue catalogue;

	private final TokenRevocation revocation;

	private final TokenLives lives;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TokenEditor(ApiTokenRepository tokens, TokenChangeRules rules, ScopeCatalogue catalogue, TokenRevocation revocation,
			TokenLives lives, ApplicationEventPublisher events, Clock clock) {
		this.tokens = tokens;
		this.rules = rules;
		this.catalogue = catalogue;
		this.revocation = revocation;
		this.lives = lives;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Changes a token of the account that acts; nobody is told of a change that leaves it
	 * as it is.
	 * @param by who asks: a token can only narrow the networks, a person who signed in a
	 * short time ago may also widen them
	 * @return the token as it is now, or empty if the account has no such token
	 * @throws TokenNotActiveException if the token has ended
	 * @throws InvalidFieldsException with every field that is not acceptable
	 */
	@RetriedTransaction
	public Optional<TokenDetails> change(Actor by, UUID tokenId, TokenChange change) {
		return this.tokens.lock(tokenId, by.userId()).map((token) -> {
			Instant now = this.clock.instant();
			token.requireUnended(this.lives, now);
			TokenChangeRules.Accepted accepted = this.rules.accept(by, token, change);
			TokenDetails before = token.details(this.lives, now);
			if (accepted.name() != null) {
				token.rename(accepted.name());
			}
			if (change.description() != null) {
				token.describe(accepted.description());
			}
			narrow(token, accepted.scopes(), accepted.networks());
			this.tokens.save(token);
			TokenDetails details = token.details(this.lives, now);
			publish(by, before, details);
			if (!details.terms().scopes().equals(before.terms().scopes())
					|| !details.terms().networks().equals(before.terms().networks())) {
				narrowMadeWith(by, token, now);
			}
			return details;
		});
	}

	/**
	 * What was made with a token stays within it, as when it was made (contract 2). What
	 * has nothing left, no scope or no place to be used from, ends.
	 */
	private void narrowMadeWith(Actor by, ApiToken parent, Instant now) {
		List<UUID> empty = new ArrayList<>();
		for (ApiToken made : this.tokens.lockMadeWith(parent.id(), now)) {
			Scopes scopes = this.catalogue.within(made.scopes(), parent.scopes());
			Optional<Networks> networks = made.networks().within(parent.networks());
			if (scopes.names().isEmpty() || networks.isEmpty()) {
				empty.add(made.id());
			}
			else {
				TokenDetails before = made.details(this.lives, now);
				narrow(made, scopes, networks.get());
				this.tokens.save(made);
				publish(by, before, made.details(this.lives, now));
			}
		}
		if (!empty.isEmpty()) {
			this.revocation.revokeAlone(by, empty, RevocationCause.NOTHING_LEFT);
		}
	}

	private void publish(Actor by, TokenDetails before, TokenDetails after) {
		if (!after.equals(before)) {
			this.events.publishEvent(new TokenEvent.TokenChanged(after.id()));
			this.events.publishEvent(TokenActs.changed(by, before, after));
		}
	}

	private static void narrow(ApiToken token, @Nullable Scopes scopes, @Nullable Networks networks) {
		if (scopes != null) {
			token.narrowTo(scopes);
		}
		if (networks != null) {
			token.restrictTo(networks);
		}
	}

}
