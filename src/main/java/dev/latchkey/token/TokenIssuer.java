package dev.latchkey.token;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;

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

	private final TokenFields fields;

	private final ParentTokens parents;

	private final TokenOwners owners;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TokenIssuer(TokenInsert tokens, TokenFields fields, ParentTokens parents, TokenOwners owners,
			ApplicationEventPublisher events, Clock clock) {
		this.tokens = tokens;
		this.fields = fields;
		this.parents = parents;
		this.owners = owners;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Makes a personal access token.
	 * @param by whose token it will be; a token that acts is one beyond which the new one
	 * cannot go
	 * @throws TokenNotActiveException if that token has ended since the request began
	 * @throws AccessDeniedException if the account has been disabled since then
	 * @throws QuotaExceededException if the account has as many as it may have
	 * @throws InvalidFieldsException with every field that is not acceptable
	 */
	@Transactional
	public IssuedToken issue(Actor by, NewToken wanted) {
		return issueFor(by, by.userId(), wanted);
	}

	/**
	 * Makes a personal access token for an account, whoever acts.
	 * @param by who acts; a token that acts is one beyond which the new one cannot go
	 * @throws TokenNotActiveException if that token has ended since the request began
	 * @throws AccessDeniedException if the account is disabled, or there is none
	 * @throws QuotaExceededException if the account has as many as it may have
	 * @throws InvalidFieldsException with every field that is not acceptable
	 */
	@Transactional
	public IssuedToken issueFor(Actor by, UUID ownerId, NewToken wanted) {
		UUID parentId = by.tokenId();
		ParentToken parent = (parentId != null) ? this.parents.require(ownerId, parentId) : null;
		if (parent == null && !this.owners.lockForShare(ownerId)) {
			throw new AccessDeniedException("This account is disabled");
		}
		Instant now = this.clock.instant();
		FieldFaults faults = new FieldFaults();
		String name = this.fields.name(wanted.name(), faults);
		String description = this.fields.description(wanted.description(), faults);
		TokenTerms terms = this.fields.terms(wanted, parent, now, faults);
		faults.throwIfAny();
		Lineage lineage = (parentId != null) ? Lineage.madeWith(parentId) : Lineage.NONE;
		Expiry wish = wanted.expiresAt();
		boolean endChosen = wish != null && wish.isDate();
		return issue(by, TokenGrant.personal(ownerId, name, description, terms, lineage, endChosen), now);
	}

	/**
	 * Notes what is wrong with a wish, whoever has it. Where it names no end, that may be
	 * what could not be read, and whether the token begins in time is told later.
	 */
	@Transactional
	public void note(NewToken wanted, FieldFaults faults) {
		this.fields.name(wanted.name(), faults);
		this.fields.description(wanted.description(), faults);
		boolean hasEnd = wanted.expiresAt() != null || wanted.expiresInDays() != null;
		this.fields.terms(hasEnd ? wanted : wanted.withoutStart(), null, this.clock.instant(), faults);
	}

	/**
	 * Makes a token of any kind, as a flow has decided it.
	 * @param by who acts, for the owner where no account is known
	 * @param now the moment from which its life was counted
	 */
	@Transactional
	public IssuedToken issue(Actor by, TokenGrant grant, Instant now) {
		IssuedToken issued = this.tokens.insert(grant, now);
		this.events.publishEvent(TokenActs.created(by, issued.details(), grant.lineage().predecessorId()));
		return issued;
	}

}
