package dev.latchkey.token;

import java.util.SortedSet;

/**
 * Which of the scopes that a token can use it has used lately.
 *
 * @param names those that it used, plain names in order
 * @param held how many it can use, wildcards resolved
 */
public record ScopesUsed(SortedSet<String> names, int held) {

}
