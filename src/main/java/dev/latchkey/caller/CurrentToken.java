package dev.latchkey.caller;

import java.time.Instant;
import java.util.UUID;

import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * The token with which a request was made, without its secret.
 *
 * @param id the token
 * @param name what its owner calls it
 * @param description what its owner writes about it, or null
 * @param scopes what is written on it, wildcards and all
 * @param resources at which services it is a token
 * @param hint prefix and last characters, for people to recognise it by, or null where it
 * was made elsewhere
 * @param expiresAt when it ends, or null for never
 * @param confined whether it is bound to networks, or was made with a token: then it
 * makes nothing that would outlive these bounds
 */
public record CurrentToken(UUID id, String name, @Nullable String description, Scopes scopes, Resources resources,
		@Nullable String hint, @Nullable Instant expiresAt, boolean confined) {

}
