package dev.latchkey.token;

import java.time.Instant;

import dev.latchkey.scope.Scopes;
import dev.latchkey.value.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * A token that another system gave out, as it is to be kept here.
 *
 * @param line where it stands in what is read
 * @param digest the SHA-256 by which it is found
 * @param number what stands before it where it is presented, or null for nothing
 * @param owner the address of the account that owns it
 * @param name what the owner calls it
 * @param scopes what it may do, as far as the owner's roles allow
 * @param lastUsedAt when it was last used, or null
 * @param expiresAt when it ends, or null for never
 */
public record ForeignToken(long line, TokenDigest digest, @Nullable Long number, EmailAddress owner, String name,
		Scopes scopes, @Nullable Instant lastUsedAt, @Nullable Instant expiresAt) {

	/** The same with other scopes. */
	ForeignToken doing(Scopes others) {
		return new ForeignToken(this.line, this.digest, this.number, this.owner, this.name, others, this.lastUsedAt,
				this.expiresAt);
	}

}
