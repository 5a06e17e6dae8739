package dev.latchkey.web;

import org.jspecify.annotations.Nullable;

/**
 * Reads parameters of a query that may be left out.
 */
public final class GivenParameter {

	private GivenParameter() {
	}

	/**
	 * Returns the parameter, or null if it was left out; one without a value was.
	 */
	public static @Nullable String of(@Nullable String parameter) {
		return (parameter == null || parameter.isEmpty()) ? null : parameter;
	}

}
