package dev.latchkey.value;

/**
 * Refuses a value. The message says what the value must be, beginning with a verb, and
 * never repeats it.
 */
public final class InvalidValueException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final boolean malformed;

	private InvalidValueException(String message, boolean malformed) {
		super(message);
		this.malformed = malformed;
	}

	/**
	 * Refuses what cannot be read at all.
	 * @param rule what it must be
	 */
	public static InvalidValueException malformed(String rule) {
		return new InvalidValueException(rule, true);
	}

	/**
	 * Refuses what can be read and is not taken.
	 * @param rule what it must be
	 */
	public static InvalidValueException notAcceptable(String rule) {
		return new InvalidValueException(rule, false);
	}

	/**
	 * Returns whether the value cannot be read at all; otherwise it can, but is none that
	 * is taken.
	 */
	public boolean isMalformed() {
		return this.malformed;
	}

	/**
	 * Returns what the value must be.
	 */
	public String rule() {
		return String.valueOf(getMessage());
	}

}
