package dev.latchkey.oauth;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.latchkey.value.MayBeToken;

/**
 * What a request says is a token; it never prints itself.
 *
 * @param value the characters
 */
@MayBeToken
record HeldToken(String value) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	HeldToken {
		// Only names the canonical constructor as the one that reads a JSON string.
	}

	@Override
	public String toString() {
		return "HeldToken[****]";
	}

}
