package dev.latchkey.token;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes tokens.
 */
@Service
public class TokenIssuer {

	private final ApiTokenRepository tokens;

	private final TokenFormat format;

	private final TokenFields fields;

	private final LifetimeRules lifetimes;

	private final ParentToken parents;

	private final TokenProperties properties;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TokenIssuer(ApiTokenRepository tokens, TokenFormat format, TokenFields fields, LifetimeRules lifetimes,
			ParentToken parents, TokenProperties properties, ApplicationEventPublisher events, Clock clock) {
		this.tokens = tokens;
		this.format = format;
		this.fields = fields;
		this.lifetimes = lifetimes;
		this.parents = parents;
		this.properties = properties;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Makes a personal access token.
	 * @param ownerId the account that it acts for
	 * @param parentId the token with which it is made, beyond which it cannot go; null
	 * for a person at the page or a login
	 * @throws TokenRejectedException with every field that is not acceptable
	 */
	@Transactional
	public IssuedToken issue(UUID ownerId, @Nullable UUID parentId, NewToken wanted) {
		Instant now = this.clock.instant();
		ApiToken parent = (parentId != null) ? this.parents.require(parentId, now) : null;
		Violations violations = new Violations();
		String name = this.fields.name(wanted.name(), violations);
		Scopes scopes = this.fields.scopes(wanted.scopes(), violations);
		Networks networks = this.fields.networks(wanted.allowedIps(), violations);
		Integer rateLimit = this.fields.rateLimit(wanted.rateLimit(), violations);
		Instant ceiling = (parent != null) ? parent.times().end() : null;
		Instant end = this.lifetimes.endOf(wanted, ceiling, now, violations);
		Instant notBefore = this.fields.notBefore(wanted.notBefore(), end, violations);
		if (parent != null) {
			ParentToken.checkScopes(parent, scopes, violations);
			networks = ParentToken.narrow(parent, networks, violations);
			rateLimit = ParentToken.narrow(parent, rateLimit, violations);
		}
		violations.throwIfAny();
		return issue(new TokenGrant(TokenKind.PERSONAL, ownerId, parentId, null, name, scopes, end, notBefore, networks,
				rateLimit), null, now);
	}

	/**
	 * Makes a token of any kind, as a flow has decided it.
	 */
	@Transactional
	public IssuedToken issue(TokenGrant grant) {
		return issue(grant, null, this.clock.instant());
	}

	/**
	 * Makes a token of any kind that belongs to a grant.
	 * @param lineage the grant, or null for none
	 * @param now the moment from which its life was counted
	 */
	@Transactional
	public IssuedToken issue(TokenGrant grant, @Nullable Lineage lineage, Instant now) {
		RawToken raw = this.format.generate(grant.kind());
		ApiToken made = new ApiToken(grant, raw, now);
		if (lineage != null) {
			made.descendFrom(lineage);
		}
		ApiToken token = this.tokens.save(made);
		TokenDetails details = token.view(this.properties.idleLifetime(), now);
		this.events.publishEvent(new TokenEvent.TokenIssued(details, grant.parentId()));
		return new IssuedToken(details, raw);
	}

}
