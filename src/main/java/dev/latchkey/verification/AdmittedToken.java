package dev.latchkey.verification;

import dev.latchkey.limit.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * A good token whose use has been counted.
 *
 * @param token the token
 * @param limit what it has left, or null where nothing is counted
 */
public record AdmittedToken(VerifiedToken token, @Nullable RateLimit limit) {

}
