package dev.latchkey.limit;

import java.util.Base64;

import dev.latchkey.value.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Under what the attempts to sign in to an account are counted: digests, so that what
 * people type is kept nowhere.
 *
 * @param account the account's key, whether or not there is one
 * @param network from where, or null where all clients seem to come from one network
 * @param pair the key of account and network, or null
 */
record SignInKeys(String account, @Nullable String network, @Nullable String pair) {

	static SignInKeys of(String address, @Nullable String network) {
		return new SignInKeys(digest(address), network, (network != null) ? digest(network + " " + address) : null);
	}

	private static String digest(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(text));
	}

}
