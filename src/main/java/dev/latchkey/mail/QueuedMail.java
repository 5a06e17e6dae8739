package dev.latchkey.mail;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What somebody is to be told.
 *
 * @param id its place in the queue
 * @param ownerId who is told
 * @param kind of what
 * @param tokenName what the owner calls the token, or null where it is about none
 * @param tokenHint by what the token is recognised, or null
 * @param tokenEnd when the token ends, or null
 * @param ip from where it was done, or null
 * @param at when it happened
 * @param attempts how often sending it was tried, this time included
 */
record QueuedMail(long id, UUID ownerId, MailKind kind, @Nullable String tokenName, @Nullable String tokenHint,
		@Nullable Instant tokenEnd, @Nullable String ip, Instant at, int attempts) {

}
