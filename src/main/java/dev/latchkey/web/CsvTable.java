package dev.latchkey.web;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * An answer of {@code text/csv}, for tables of any length.
 *
 * @param header what stands in the first line
 * @param next gives the next rows, some at a time, and none at the end; it is asked only
 * when those before are on their way to the client
 */
public record CsvTable(List<String> header, Supplier<List<List<@Nullable Object>>> next) {

}
