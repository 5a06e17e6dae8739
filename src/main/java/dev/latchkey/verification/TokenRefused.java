package dev.latchkey.verification;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Somebody presented a token that is not good.
 *
 * @param reason why it is not
 * @param tokenId the token, or null where there is none
 * @param ownerId the account that it acts for, or null where there is none
 */
public record TokenRefused(RefusalReason reason, @Nullable UUID tokenId, @Nullable UUID ownerId) {

}
