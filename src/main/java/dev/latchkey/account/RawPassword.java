package dev.latchkey.account;

import java.text.Normalizer;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.latchkey.value.MayBeToken;

/**
 * A password as it was typed; it never prints itself.
 *
 * @param value the characters, as typed
 */
@MayBeToken
public record RawPassword(String value) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public RawPassword {
		// Only names the canonical constructor as the one that reads a JSON string.
	}

	/**
	 * Returns the password in the form that is compared (RFC 8265, OpaqueString): what
	 * one keyboard sends as one character and another as a letter and an accent is the
	 * same, and every blank is the plain one. Nothing is cut off or folded.
	 */
	String prepared() {
		StringBuilder plain = new StringBuilder(this.value.length());
		this.value.codePoints()
			.map((character) -> (Character.getType(character) == Character.SPACE_SEPARATOR) ? ' ' : character)
			.forEach(plain::appendCodePoint);
		return Normalizer.normalize(plain, Normalizer.Form.NFC);
	}

	@Override
	public String toString() {
		return "RawPassword[****]";
	}

}
