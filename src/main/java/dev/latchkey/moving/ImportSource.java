package dev.latchkey.moving;

import java.util.List;

/**
 * What tokens are read from: the columns in which each system keeps them. The first name
 * of a column is the system's own; the others are understood too.
 */
public enum ImportSource {

	/** Laravel Sanctum's table {@code personal_access_tokens}. */
	SANCTUM("sanctum"),

	/** CodeIgniter Shield's table {@code auth_identities}. */
	SHIELD("shield"),

	/** A list of hashes, as Unkey takes and gives them. */
	HASHES("hashes"),

	/** A list of raw tokens, which are hashed on arrival. */
	KEYS("keys");

	private final String value;

	ImportSource(String value) {
		this.value = value;
	}

	/**
	 * Returns the name in addresses, in the audit and in the database.
	 */
	public String value() {
		return this.value;
	}

	/** The column of the hash, or of the raw token. */
	List<String> secret() {
		return switch (this) {
			case SANCTUM -> List.of("token");
			case SHIELD -> List.of("secret");
			case HASHES -> List.of("hash", "token_hash");
			case KEYS -> List.of("key", "token");
		};
	}

	List<String> scopes() {
		return switch (this) {
			case SANCTUM -> List.of("abilities", "scopes");
			case SHIELD -> List.of("extra", "scopes");
			case HASHES, KEYS -> List.of("scopes", "abilities", "permissions");
		};
	}

	List<String> ends() {
		return List.of("expires_at", "expires");
	}

}
