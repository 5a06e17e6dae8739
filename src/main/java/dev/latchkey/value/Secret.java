package dev.latchkey.value;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * What a request says is a token; it never prints itself.
 *
 * @param value the characters, as they came
 */
@MayBeToken
public record Secret(String value) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public Secret {
		// Only names the canonical constructor as the one that reads a JSON string.
	}

	@Override
	public String toString() {
		return "Secret[****]";
	}

}
