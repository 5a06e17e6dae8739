package dev.latchkey.resourceserver;

/**
 * How often a token may be used: what its owner has set.
 *
 * @param quota so often a minute
 * @param remaining so often yet in this one
 * @param seconds so long until the next one begins, rounded up
 */
public record RateLimit(long quota, long remaining, long seconds) {

}
