package dev.latchkey.user;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * A password as it was typed; it never prints itself.
 *
 * @param value the characters, as typed
 */
public record RawPassword(String value) {

	private static final int MIN_CHARACTERS = 8;

	/** What bcrypt reads; the rest of a longer one would be ignored in silence. */
	private static final int MAX_BYTES = 72;

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public RawPassword {
		// Only names the canonical constructor as the one that reads a JSON string.
	}

	boolean isLongEnough() {
		return this.value.codePointCount(0, this.value.length()) >= MIN_CHARACTERS;
	}

	boolean isShortEnough() {
		return this.value.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES && this.value.indexOf('\0') < 0;
	}

	@Override
	public String toString() {
		return "RawPassword[****]";
	}

}
