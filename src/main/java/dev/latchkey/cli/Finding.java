package dev.latchkey.cli;

import java.util.Locale;
import java.util.Map;

/**
 * What a check has found.
 *
 * @param result how it is
 * @param subject what was looked at
 * @param text what there is, or what is wrong and what to do, in one line
 */
record Finding(Result result, String subject, String text) {

	static Finding ok(String subject, String text) {
		return new Finding(Result.OK, subject, text);
	}

	static Finding warning(String subject, String text) {
		return new Finding(Result.WARNING, subject, text);
	}

	static Finding failure(String subject, String text) {
		return new Finding(Result.FAILURE, subject, text);
	}

	boolean isFailure() {
		return this.result == Result.FAILURE;
	}

	String line() {
		return "%-8s %-13s %s".formatted(this.result.value(), this.subject, this.text);
	}

	Map<String, String> json() {
		return Map.of("check", this.subject, "result", this.result.value(), "message", this.text);
	}

	/** How what was looked at is. */
	enum Result {

		/** As it has to be. */
		OK,

		/** Not as most would have it. */
		WARNING,

		/** So that the server does not start, or is wrong. */
		FAILURE;

		String value() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
