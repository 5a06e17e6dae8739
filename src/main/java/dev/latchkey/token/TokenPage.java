package dev.latchkey.token;

import java.util.List;

/**
 * One page of a list of tokens.
 *
 * @param tokens what stands on this page
 * @param total how many there are on all pages
 */
public record TokenPage(List<TokenDetails> tokens, long total) {

}
