package dev.latchkey.client;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * An application that gets tokens, without its secret.
 *
 * @param id the registration, never given to another one
 * @param clientId what the application calls itself
 * @param name what people call it
 * @param confidential whether it has a secret
 * @param terms what it may do
 * @param account for whom its own tokens act
 * @param history what has happened to it
 */
public record Client(UUID id, String clientId, String name, boolean confidential, ClientTerms terms,
		ClientAccount account, ClientHistory history) {

	/**
	 * Returns the client with other scopes.
	 */
	Client with(Scopes other) {
		return new Client(this.id, this.clientId, this.name, this.confidential, this.terms.with(other), this.account,
				this.history);
	}

	/**
	 * Returns whether it may come to tokens this way.
	 */
	public boolean may(GrantType grantType) {
		return grantTypes().contains(grantType);
	}

	/**
	 * Returns how it may come to tokens.
	 */
	public Set<GrantType> grantTypes() {
		return this.terms.grantTypes();
	}

	/**
	 * Returns the most that it may ask for.
	 */
	public Scopes scopes() {
		return this.terms.scopes();
	}

	/**
	 * Returns where the browser may be sent back to.
	 */
	public List<String> redirectUris() {
		return this.terms.redirectUris();
	}

	/**
	 * Returns for whom, beside this server, its JWTs may be meant.
	 */
	public List<String> audiences() {
		return this.terms.audiences();
	}

	/**
	 * Returns the role that accounts need to sign in through it by password, or null.
	 */
	public @Nullable Role servesRole() {
		return this.terms.servesRole();
	}

	/**
	 * Returns the service that it belongs to, or null for none.
	 */
	public @Nullable String resource() {
		return this.terms.resource();
	}

	/**
	 * Returns the account that its own tokens act for, or null for none.
	 */
	public @Nullable UUID accountId() {
		return this.account.id();
	}

	/**
	 * Returns the highest role that they act with, or null where that is not known.
	 */
	public @Nullable Role maxRole() {
		return this.account.maxRole();
	}

	/**
	 * Returns when it was registered.
	 */
	public Instant createdAt() {
		return this.history.createdAt();
	}

	/**
	 * Returns the token with which it was registered, or null.
	 */
	public @Nullable UUID madeWith() {
		return this.history.madeWith();
	}

	/**
	 * Returns when it was ended, or null.
	 */
	public @Nullable Instant disabledAt() {
		return this.history.disabledAt();
	}

}
