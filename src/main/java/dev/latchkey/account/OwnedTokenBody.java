package dev.latchkey.account;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.latchkey.api.TokenBody;
import dev.latchkey.api.TokenResponses;
import dev.latchkey.token.InventoryToken;

/**
 * A token as the API shows it everywhere, and whose it is.
 */
record OwnedTokenBody(@JsonUnwrapped TokenBody body, InventoryToken.Owner owner) {

	static OwnedTokenBody of(InventoryToken token) {
		return new OwnedTokenBody(TokenResponses.body(token.details(), token.used()), token.owner());
	}

}
