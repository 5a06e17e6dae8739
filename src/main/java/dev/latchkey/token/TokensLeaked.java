package dev.latchkey.token;

import java.util.Collection;
import java.util.UUID;

import dev.latchkey.caller.Actor;

/**
 * Says inside the transaction that these tokens may have been in the hands of others,
 * whether they have ended or not: they were reported as leaked or used in a way that only
 * theft explains, or they are of the family of such a token or were made with it.
 *
 * @param by who reported it, or used it so
 * @param tokenIds the tokens
 */
public record TokensLeaked(Actor by, Collection<UUID> tokenIds) {

}
