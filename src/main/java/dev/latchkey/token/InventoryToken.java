package dev.latchkey.token;

/**
 * A token, and whose it is.
 *
 * @param details the token
 * @param owner who owns it
 * @param used which of its scopes it has used
 */
public record InventoryToken(TokenDetails details, Owner owner, ScopesUsed used) {

	/**
	 * The account that owns a token.
	 *
	 * @param id the account, as whoever has the accounts knows it
	 * @param email by which it signs in
	 * @param name what people call it
	 */
	public record Owner(String id, String email, String name) {

	}

}
