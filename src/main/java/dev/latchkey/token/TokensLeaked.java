package dev.latchkey.token;

import java.util.Collection;
import java.util.UUID;

import dev.latchkey.caller.Actor;

/**
 * Says inside the transaction that these tokens may have been in the hands of others:
 * they were reported as leaked, or used in a way that only theft explains, or are of the
 * family of such a one, or were made with it; whether they have ended or not.
 *
 * @param by who reported it, or used it so
 * @param tokenIds the tokens
 */
public record TokensLeaked(Actor by, Collection<UUID> tokenIds) {

}
