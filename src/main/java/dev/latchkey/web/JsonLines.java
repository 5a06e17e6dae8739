package dev.latchkey.web;

import java.util.List;
import java.util.function.Supplier;

/**
 * An answer of {@code application/x-ndjson}: an object a line, for lists of any length.
 *
 * @param next gives the next objects, some at a time, and none at the end; it is asked
 * only when those before are on their way to the client
 */
public record JsonLines(Supplier<? extends List<?>> next) {

}
