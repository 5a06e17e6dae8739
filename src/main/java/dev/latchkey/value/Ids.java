package dev.latchkey.value;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids of all kinds. To a client an id is an opaque string; it is written in lower case
 * and read in either.
 */
public final class Ids {

	private static final Pattern FORM = Pattern
		.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

	private Ids() {
	}

	/**
	 * Reads an id. What has not the form of one is simply not there.
	 */
	public static Optional<UUID> parse(String given) {
		return FORM.matcher(given).matches() ? Optional.of(UUID.fromString(given)) : Optional.empty();
	}

}
