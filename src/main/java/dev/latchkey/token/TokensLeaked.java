package dev.latchkey.token;

import java.util.Collection;
import java.util.UUID;

/**
 * Says inside the transaction that these tokens were reported as leaked, or were made
 * with such a one, whether they had ended before or not.
 *
 * @param tokenIds the tokens
 */
public record TokensLeaked(Collection<UUID> tokenIds) {

}
