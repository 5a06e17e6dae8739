package dev.latchkey.moving;

import java.util.List;

/**
 * What tokens are read from: the columns in which each system keeps them. The first name
 * of a column is the system's own; the others are understood too.
 */
public enum ImportSource {

	/** Laravel Sanctum's table {@code personal_access_tokens}. */
	SANCTUM("sanctum", List.of("token"), List.of("abilities", "scopes")),

	/** CodeIgniter Shield's table {@code auth_identities}. */
	SHIELD("shield", List.of("secret"), List.of("extra", "scopes")),

	/** A list of hashes, as Unkey takes and gives them. */
	HASHES("hashes", List.of("hash", "token_hash"), List.of("scopes", "abilities", "permissions")),

	/** A list of raw tokens, which are hashed on arrival. */
	KEYS("keys", List.of("key", "token"), List.of("scopes", "abilities", "permissions"));

	private static final List<String> ENDS = List.of("expires_at", "expires");

	private final String value;

	private final List<String> secret;

	private final List<String> scopes;

	ImportSource(String value, List<String> secret, List<String> scopes) {
		this.value = value;
		this.secret = secret;
		this.scopes = scopes;
	}

	/**
	 * Returns the name in addresses, in the audit and in the database.
	 */
	public String value() {
		return this.value;
	}

	/** The column of the hash, or of the raw token. */
	List<String> secret() {
		return this.secret;
	}

	List<String> scopes() {
		return this.scopes;
	}

	List<String> ends() {
		return ENDS;
	}

}
