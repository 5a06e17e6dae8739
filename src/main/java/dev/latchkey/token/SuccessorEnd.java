package dev.latchkey.token;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The ends that a token's successor may be given, as of now.
 *
 * @param ofSameLife the end of a life as long as the old one's, cut to the limits
 * @param chosenDate the end of the old one, if its owner chose the date and a new token
 * may live until then, or null
 */
public record SuccessorEnd(Expiry ofSameLife, @Nullable Instant chosenDate) {

}
