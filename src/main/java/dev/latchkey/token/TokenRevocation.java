package dev.latchkey.token;

import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.UserEvent;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends tokens. A token that has ended already stays as it is and is not told of again.
 * <p>
 * The account is taken first, as by everybody. Its tokens and their descendants are taken
 * by the update that ends them, in whatever order the database likes, so that what runs
 * into another transaction nevertheless is tried again.
 */
@Service
public class TokenRevocation {

	private final RevocationStatements statements;

	private final TokenFields fields;

	private final TokenOwners owners;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TokenRevocation(RevocationStatements statements, TokenFields fields, TokenOwners owners,
			ApplicationEventPublisher events, Clock clock) {
		this.statements = statements;
		this.fields = fields;
		this.owners = owners;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Revokes one token of the owner's; a second time changes nothing. A flow's token
	 * takes its whole grant along.
	 * @param descendants whether the tokens made with it end too
	 * @return whether the owner has such a token
	 */
	@RetriedTransaction
	public boolean revoke(Actor by, UUID ownerId, UUID tokenId, boolean descendants, RevocationCause cause) {
		if (!this.statements.exists(tokenId, ownerId)) {
			return false;
		}
		revokeTree(by, List.of(tokenId), descendants, cause);
		return true;
	}

	/**
	 * Revokes one token of the owner's likewise, because somebody wants it.
	 * @param reason why, in up to 500 characters, or null
	 * @throws InvalidFieldsException if the reason is not acceptable
	 */
	@RetriedTransaction
	public boolean revoke(Actor by, UUID ownerId, UUID tokenId, boolean descendants, @Nullable String reason) {
		FieldFaults faults = new FieldFaults();
		String read = this.fields.reason(reason, faults);
		if (!this.statements.exists(tokenId, ownerId)) {
			return false;
		}
		faults.throwIfAny();
		end(by, List.of(tokenId), descendants, RevocationCause.REQUESTED, read);
		return true;
	}

	/**
	 * Revokes several tokens of the account that acts likewise, all or none.
	 * @param tokenIds which; what is none of the account's is passed over
	 * @return how many were ended, with what was made with them if that is wanted
	 * @throws InvalidFieldsException if the reason is not acceptable
	 */
	@RetriedTransaction
	public int revokeSeveral(Actor by, Collection<UUID> tokenIds, boolean descendants, @Nullable String reason) {
		FieldFaults faults = new FieldFaults();
		String read = this.fields.reason(reason, faults);
		faults.throwIfAny();
		List<UUID> own = this.statements.owned(tokenIds, by.userId());
		return own.isEmpty() ? 0 : end(by, own, descendants, RevocationCause.REQUESTED, read).size();
	}

	/**
	 * Revokes all tokens of the owner's, whatever their kind.
	 * @return how many were ended
	 */
	@RetriedTransaction
	public int revokeAll(Actor by, UUID ownerId, RevocationCause cause) {
		int ended = revokeOwned(by, ownerId, null, null, cause);
		this.events.publishEvent(new AllTokensEnded(ownerId));
		return ended;
	}

	/**
	 * Revokes the personal access tokens of the account that acts, and leaves
	 * applications theirs.
	 * @param except a token to leave alive, or null for none
	 * @return how many were ended
	 */
	@RetriedTransaction
	public int revokePersonal(Actor by, @Nullable UUID except, RevocationCause cause) {
		return revokeOwned(by, by.userId(), TokenKind.PERSONAL, except, cause);
	}

	/**
	 * Revokes tokens that somebody holds in hand, with all that were made with them;
	 * those that do not exist are passed over in silence.
	 * @return which tokens they are, each once
	 */
	@RetriedTransaction
	public List<HeldToken> revokeByPossession(Actor by, Collection<RawToken> held, RevocationCause cause) {
		if (held.isEmpty()) {
			return List.of();
		}
		List<UUID> found = this.statements.findPresented(held);
		Set<UUID> ended = revokeTree(by, found, true, cause);
		return found.stream().map((id) -> new HeldToken(id, ended.contains(id))).toList();
	}

	/**
	 * Revokes a token that was found where it should not be, with all that were made with
	 * it.
	 * @return whether there is such a token
	 */
	@RetriedTransaction
	public boolean revokeFound(Actor by, RawToken raw) {
		List<UUID> found = this.statements.findPresented(List.of(raw));
		revokeTree(by, found, true, RevocationCause.LEAKED);
		return !found.isEmpty();
	}

	/**
	 * Revokes the token with this digest, with all that were made with it.
	 * @param ownerId whose it must be, or null for anybody's
	 * @return whether there is such a token
	 */
	@RetriedTransaction
	public boolean revokeByDigest(Actor by, TokenDigest digest, @Nullable UUID ownerId) {
		List<UUID> found = this.statements.find(List.of(digest), ownerId);
		revokeTree(by, found, true, RevocationCause.LEAKED);
		return !found.isEmpty();
	}

	/**
	 * Revokes every token that was rotated from or into this one, with all that were made
	 * with them.
	 */
	@RetriedTransaction
	public void revokeFamily(Actor by, UUID tokenId, RevocationCause cause) {
		this.statements.lockOwners(List.of(tokenId));
		revokeTree(by, this.statements.family(tokenId), true, cause);
	}

	/**
	 * Returns whether there is anything left for
	 * {@link #revokeFamily(Actor, UUID, RevocationCause)}. Of a token that is just being
	 * made, its maker still lives, so that looking without a lock misses nothing.
	 */
	boolean isFamilyAlive(UUID tokenId) {
		return this.statements.isFamilyAlive(tokenId, this.clock.instant());
	}

	/**
	 * Revokes every token of a grant, with all that were made with them.
	 */
	@Transactional
	public void revokeGrant(Actor by, UUID familyId, RevocationCause cause) {
		revokeTree(by, this.statements.findGrant(familyId), true, cause);
	}

	/**
	 * Revokes all that a client holds for an account, with all that were made with it.
	 */
	@Transactional
	public void revokeHeld(Actor by, UUID ownerId, String clientId, RevocationCause cause) {
		this.owners.lock(ownerId);
		revokeTree(by, this.statements.findHeld(ownerId, clientId), true, cause);
	}

	/**
	 * Revokes all that a client holds for anybody, with all that were made with it. Whose
	 * fault it is, the caller knows: it is not told as a leak.
	 * @return the tokens, their families and what was made with them, ended or not
	 */
	@Transactional
	public List<UUID> revokeHeld(Actor by, String clientId, RevocationCause cause) {
		this.statements.lockHolders(clientId);
		List<UUID> held = this.statements.findHeld(null, clientId);
		if (!held.isEmpty()) {
			end(by, held, true, cause, cause.reason());
		}
		return this.statements.kin(held);
	}

	/**
	 * Revokes just these tokens, and nothing that belongs to them.
	 */
	@Transactional
	public void revokeAlone(Actor by, Collection<UUID> tokenIds, RevocationCause cause) {
		publish(by, this.statements.revoke(tokenIds, cause.reason(), this.clock.instant()), cause, null);
	}

	/**
	 * Ends every token of an account that is disabled, inside the same transaction.
	 */
	@EventListener
	void on(UserEvent.UserDisabled event) {
		revokeAll(event.by(), event.userId(), RevocationCause.OWNER_DISABLED);
	}

	/**
	 * Ends every token of an account whose old password may be known to others, inside
	 * the same transaction.
	 */
	@EventListener
	void on(UserEvent.UserPasswordChanged event) {
		if (!event.tokensKept()) {
			revokeAll(event.by(), event.userId(), RevocationCause.PASSWORD_CHANGED);
		}
	}

	private int revokeOwned(Actor by, UUID ownerId, @Nullable TokenKind kind, @Nullable UUID except,
			RevocationCause cause) {
		this.owners.lock(ownerId);
		Collection<RevokedToken> revoked = this.statements.revokeOwned(ownerId, kind, except, cause.reason(),
				this.clock.instant());
		publish(by, revoked, cause, null);
		return revoked.size();
	}

	/**
	 * Takes the accounts first, like everybody, and the time only then: what was being
	 * made with one of those that end is seen and ends too.
	 * @return what was not ended before
	 */
	private Set<UUID> revokeTree(Actor by, List<UUID> roots, boolean descendants, RevocationCause cause) {
		if (roots.isEmpty()) {
			return Set.of();
		}
		Set<UUID> ended = new HashSet<>(end(by, roots, descendants, cause, cause.reason()));
		if (cause.isTheft()) {
			List<UUID> kin = this.statements.kin(roots);
			this.events.publishEvent(new TokensLeaked(by, kin));
			ended.addAll(revokeTree(by, this.statements.findImportedWith(kin), true, cause));
		}
		return ended;
	}

	private List<UUID> end(Actor by, List<UUID> roots, boolean descendants, RevocationCause cause,
			@Nullable String reason) {
		this.statements.lockOwners(roots);
		Collection<RevokedToken> revoked = this.statements.revokeTree(roots, descendants, reason, this.clock.instant());
		publish(by, revoked, cause, (cause == RevocationCause.REQUESTED) ? reason : null);
		return revoked.stream().map(RevokedToken::id).toList();
	}

	private void publish(Actor by, Collection<RevokedToken> revoked, RevocationCause cause, @Nullable String reason) {
		revoked.forEach((token) -> {
			this.events.publishEvent(new TokenEvent.TokenRevoked(token.id()));
			this.events.publishEvent(TokenActs.revoked(by, token.id(), token.ownerId(), cause, reason));
		});
	}

	/**
	 * A token that somebody holds.
	 *
	 * @param id which it is
	 * @param ended whether it was ended by that; one that had been revoked stays as it
	 * was
	 */
	public record HeldToken(UUID id, boolean ended) {

	}

	/** What a statement ended. */
	record RevokedToken(UUID id, UUID ownerId) {

	}

}
