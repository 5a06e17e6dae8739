package dev.latchkey.grant;

import java.time.Instant;
import java.util.UUID;

import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * An application that acts for an account.
 *
 * @param id the registration of the client
 * @param name what people call it
 * @param describedAt the address of the document in which it calls itself so, or null
 * where somebody has registered it
 * @param scopes what it may do
 * @param since since when
 * @param lastUsedAt when it last did something with a token that lives, to a minute, or
 * null
 */
public record ConnectedApplication(UUID id, String name, @Nullable String describedAt, Scopes scopes, Instant since,
		@Nullable Instant lastUsedAt) {

}
