package dev.latchkey.client;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What has happened to a client.
 *
 * @param createdAt when it was registered
 * @param madeWith the token with which it was registered, or null
 * @param disabledAt when it was ended because a token had leaked with which it was
 * registered or given another secret, or null
 */
public record ClientHistory(Instant createdAt, @Nullable UUID madeWith, @Nullable Instant disabledAt) {

	/**
	 * It is registered now.
	 * @param madeWith with which token, or null for none
	 */
	static ClientHistory begin(Instant now, @Nullable UUID madeWith) {
		return new ClientHistory(now, madeWith, null);
	}

}
