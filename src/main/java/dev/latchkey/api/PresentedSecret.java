package dev.latchkey.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.latchkey.value.MayBeToken;

/**
 * What a body says is a token; it never prints itself.
 */
@MayBeToken
record PresentedSecret(String value) {

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	PresentedSecret {
		// Only names the canonical constructor as the one that reads a JSON string.
	}

	@Override
	public String toString() {
		return "PresentedSecret[****]";
	}

}
