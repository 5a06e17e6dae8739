package dev.latchkey.token;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.net.Networks;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes tokens.
 */
@Service
public class TokenIssuer {

	private final TokenInsert tokens;

	private final TokenFormat format;

	private final TokenFields fields;

	private final LifetimeRules lifetimes;

	private final ParentTokens parents;

	private final TokenOwners owners;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TokenIssuer(TokenInsert tokens, TokenFormat format, TokenFields fields, LifetimeRules lifetimes,
			ParentTokens parents, TokenOwners owners, ApplicationEventPublisher events, Clock clock) {
		this.tokens = tokens;
		this.format = format;
		this.fields = fields;
		this.lifetimes = lifetimes;
		this.parents = parents;
		this.owners = owners;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Makes a personal access token.
	 * @param ownerId the account that it acts for
	 * @param parentId the token with which it is made, beyond which it cannot go; null
	 * for a person at the page or a login
	 * @throws TokenNotActiveException if that token has ended since the request began
	 * @throws AccessDeniedException if the account has been disabled since then
	 * @throws InvalidFieldsException with every field that is not acceptable
	 */
	@Transactional
	public IssuedToken issue(UUID ownerId, @Nullable UUID parentId, NewToken wanted) {
		ParentToken parent = (parentId != null) ? this.parents.require(ownerId, parentId) : null;
		if (parent == null && !this.owners.hold(ownerId)) {
			throw new AccessDeniedException("This account is disabled");
		}
		Instant now = this.clock.instant();
		FieldFaults faults = new FieldFaults();
		String name = this.fields.name(wanted.name(), faults);
		Scopes scopes = this.fields.scopes(wanted.scopes(), faults);
		Networks networks = this.fields.networks(wanted.allowedIps(), faults);
		Integer rateLimit = this.fields.rateLimit(wanted.rateLimit(), faults);
		Instant ceiling = (parent != null) ? parent.times().end() : null;
		Instant end = this.lifetimes.endOf(wanted, ceiling, now, faults);
		Instant notBefore = this.fields.notBefore(wanted.notBefore(), end, faults);
		if (parent != null) {
			parent.checkScopes(scopes, faults);
			networks = parent.narrow(networks, faults);
			rateLimit = parent.narrow(rateLimit, faults);
		}
		faults.throwIfAny();
		return issue(new TokenGrant(TokenKind.PERSONAL, ownerId, parentId, null, name, scopes, end, notBefore, networks,
				rateLimit, (parent != null) ? parent.maxRole() : null, false), null, now);
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
		TokenDetails details = this.tokens.insert(grant, lineage, raw, now);
		this.events.publishEvent(TokenActs.created(details, (lineage != null) ? lineage.predecessorId() : null));
		return new IssuedToken(details, raw);
	}

}
