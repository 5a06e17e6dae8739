package dev.latchkey.grant;

import dev.latchkey.token.IssuedToken;
import org.jspecify.annotations.Nullable;

/**
 * What a flow gives.
 *
 * @param access the access token
 * @param refresh the refresh token, or null if the client gets none
 */
public record TokenPair(IssuedToken access, @Nullable IssuedToken refresh) {

}
