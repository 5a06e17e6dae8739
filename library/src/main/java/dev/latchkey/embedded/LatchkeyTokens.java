package dev.latchkey.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.NewToken;
import dev.latchkey.token.QuotaExceededException;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.token.TokenQueries;
import dev.latchkey.token.TokenReader;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.value.InvalidFieldsException;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tokens, for the application's own code. Whoever calls this decides who may: nothing
 * here asks who is signed in. A user is named by {@link TokenOwner#id()}.
 * <p>
 * What is done within a transaction of the application's stands or falls with it.
 */
public class LatchkeyTokens {

	/** How many are asked for at once. */
	private static final int MOST = 1000;

	private final LatchkeyCore core;

	LatchkeyTokens(LatchkeyCore core) {
		this.core = core;
	}

	/**
	 * Makes a token with the default life. Its raw form is in the answer alone.
	 * @throws IllegalArgumentException if there is no such user
	 * @throws OwnerUnknownException if {@link TokenOwners} does not answer
	 * @throws AccessDeniedException if the user is disabled
	 * @throws QuotaExceededException if the user has as many tokens as one may have
	 * @throws InvalidFieldsException if the name or a scope is not acceptable
	 * @throws IllegalStateException if there can be no tokens, as the start has said
	 */
	public IssuedToken create(String user, String name, String... scopes) {
		return create(user, NewToken.of(name, scopes));
	}

	/**
	 * Makes a token likewise, with everything that can be wished of one.
	 */
	public IssuedToken create(String user, NewToken wanted) {
		OwnerMirror owners = this.core.owners();
		TokenOwner owner = owners.require(user);
		IssuedToken issued = transaction()
			.execute((status) -> this.core.part(TokenIssuer.class).issue(Actor.account(owners.keep(owner)), wanted));
		if (issued == null) {
			throw new IllegalStateException("No token was made");
		}
		return issued;
	}

	/**
	 * Returns the tokens of a user, the newest first, without their raw forms; ended ones
	 * are among them.
	 */
	public List<TokenDetails> of(String user) {
		return this.core.owners().find(user).map(this::all).orElse(List.of());
	}

	/** Ended ones may be more than may live. */
	private List<TokenDetails> all(UUID owner) {
		List<TokenDetails> all = new ArrayList<>();
		List<TokenDetails> more;
		do {
			more = this.core.part(TokenQueries.class)
				.list(owner, dev.latchkey.token.TokenFilter.ALL, all.size() / MOST, MOST)
				.tokens();
			all.addAll(more);
		}
		while (more.size() == MOST);
		return all;
	}

	/**
	 * Ends a token of a user. No request that begins after this returns is admitted with
	 * it here, and elsewhere after the bound of {@code latchkey.cache.max-staleness}.
	 * @return whether the user has such a token
	 */
	public boolean revoke(String user, UUID tokenId) {
		Optional<UUID> owner = this.core.owners().find(user);
		return owner.isPresent() && this.core.part(TokenRevocation.class)
			.revoke(Actor.SERVER, owner.get(), tokenId, true, RevocationCause.REQUESTED);
	}

	/**
	 * Ends a token that somebody has in hand, with all that were made with it. What is no
	 * token is passed over in silence.
	 */
	public void revoke(String raw) {
		Optional<RawToken> token = this.core.part(TokenReader.class).parseCopied(raw);
		token.ifPresent((found) -> this.core.part(TokenRevocation.class)
			.revokeByPossession(Actor.SERVER, List.of(found), RevocationCause.LEAKED));
	}

	/**
	 * Ends the token of which somebody has found the SHA-256, with all that were made
	 * with it.
	 * @param hash the 64 hexadecimal digits of that of the whole token
	 * @return whether there is such a token
	 * @throws IllegalArgumentException if it is no SHA-256; a token itself goes to
	 * {@link #revoke(String)}
	 */
	public boolean revokeBySecret(String hash) {
		TokenDigest digest = TokenDigest.parse(hash)
			.orElseThrow(() -> new IllegalArgumentException("It must be the 64 hexadecimal digits of a SHA-256"));
		return this.core.part(TokenRevocation.class).revokeByDigest(Actor.SERVER, digest, null);
	}

	/**
	 * Ends all tokens of a user.
	 * @return how many were ended
	 */
	public int revokeAll(String user) {
		return this.core.owners()
			.find(user)
			.map((id) -> this.core.part(TokenRevocation.class).revokeAll(Actor.SERVER, id, RevocationCause.REQUESTED))
			.orElse(0);
	}

	/**
	 * Has every node ask anew who the user is: after the user was disabled, enabled or
	 * given other authorities. Without this it is asked after
	 * {@code latchkey.owners.max-staleness}.
	 */
	public void ownerChanged(String user) {
		OwnerMirror owners = this.core.owners();
		owners.find(user).ifPresent(owners::changed);
	}

	/**
	 * Ends all tokens of a user who is gone, for good.
	 */
	public void ownerDeleted(String user) {
		OwnerMirror owners = this.core.owners();
		owners.find(user).ifPresent((id) -> {
			this.core.part(TokenRevocation.class).revokeAll(Actor.SERVER, id, RevocationCause.OWNER_DISABLED);
			owners.changed(id);
		});
	}

	/**
	 * Returns who is calling with a token, or empty where nobody does. Handlers take a
	 * {@link Caller} as an argument.
	 */
	public static Optional<Caller> caller() {
		return (SecurityContextHolder.getContext().getAuthentication() instanceof TokenAuthentication token)
				? Optional.of(token.caller()) : Optional.empty();
	}

	private TransactionTemplate transaction() {
		return new TransactionTemplate(this.core.part(PlatformTransactionManager.class));
	}

}
