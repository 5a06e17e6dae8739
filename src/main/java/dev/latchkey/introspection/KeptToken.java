package dev.latchkey.introspection;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * What introspection says of a good token to a service that keeps the answer and hears of
 * changes meanwhile ({@code docs/remote-verification.md}).
 *
 * @param token what it says to everybody
 * @param now the server's time, in seconds since 1970, rounded up: of what is left until
 * {@code exp} it never says too much
 * @param places the numbers under which changes of it are told of
 * @param rules what the answer depends on that no change of a row tells
 * @param addressBound whether it holds for the address alone that was asked about
 * @param rateLimit requests a minute, or null where none are counted
 * @param believeS for how many seconds the answer may be believed at the most
 */
record KeptToken(@JsonUnwrapped ActiveToken token, long now, List<Integer> places, String rules, boolean addressBound,
		@JsonInclude(Include.ALWAYS) @Nullable Integer rateLimit, long believeS) {

}
