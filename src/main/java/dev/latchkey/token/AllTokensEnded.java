package dev.latchkey.token;

import java.util.UUID;

/**
 * Says, inside the transaction that holds the account alone, that all of its tokens have
 * ended: what was about to become one has no right to any more.
 *
 * @param ownerId the account
 */
public record AllTokensEnded(UUID ownerId) {

}
