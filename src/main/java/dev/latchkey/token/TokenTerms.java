package dev.latchkey.token;

import java.time.Instant;

import dev.latchkey.net.Networks;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a token is given: what it may do, from where, how often and when.
 *
 * @param scopes what it may do, as far as the owner's roles allow
 * @param resources at which services it is a token
 * @param maxRole the highest role that it acts with, or null for whatever its owner is
 * @param rotatesItself whether it may do so without a scope for it
 * @param networks from where it may be used
 * @param rateLimit requests a minute, or null for the server's default
 * @param notBefore before when it may not be used, or null
 * @param expiresAt when it ends, or null for never
 */
public record TokenTerms(Scopes scopes, Resources resources, @Nullable Role maxRole, boolean rotatesItself,
		Networks networks, @Nullable Integer rateLimit, @Nullable Instant notBefore, @Nullable Instant expiresAt) {

	/**
	 * Allows this from everywhere, at the server's own rate, from now until then.
	 * @param expiresAt when it ends, or null for never
	 */
	public static TokenTerms of(Scopes scopes, @Nullable Instant expiresAt) {
		return new TokenTerms(scopes, Resources.OWN, null, false, Networks.ANY, null, null, expiresAt);
	}

	/**
	 * Returns the same, with no higher role than that one.
	 * @param role the highest, or null for whatever the owner is
	 */
	public TokenTerms actingAtMostAs(@Nullable Role role) {
		return new TokenTerms(this.scopes, this.resources, role, this.rotatesItself, this.networks, this.rateLimit,
				this.notBefore, this.expiresAt);
	}

	/**
	 * Returns the same, for these scopes.
	 */
	TokenTerms doing(Scopes fewer) {
		return new TokenTerms(fewer, this.resources, this.maxRole, this.rotatesItself, this.networks, this.rateLimit,
				this.notBefore, this.expiresAt);
	}

	/**
	 * Returns the same, for these services.
	 */
	public TokenTerms at(Resources bound) {
		return new TokenTerms(this.scopes, bound, this.maxRole, this.rotatesItself, this.networks, this.rateLimit,
				this.notBefore, this.expiresAt);
	}

	/**
	 * Returns the same, ending then.
	 * @param end when, or null for never
	 */
	TokenTerms until(@Nullable Instant end) {
		return new TokenTerms(this.scopes, this.resources, this.maxRole, this.rotatesItself, this.networks,
				this.rateLimit, this.notBefore, end);
	}

}
