package dev.latchkey.token;

import java.util.UUID;

/**
 * Says, inside the transaction that has locked the account, that all of its tokens have
 * ended: a code or a request that was about to become one must not become one any more.
 *
 * @param ownerId the account
 */
public record AllTokensEnded(UUID ownerId) {

}
