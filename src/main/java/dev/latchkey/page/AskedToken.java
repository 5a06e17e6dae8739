package dev.latchkey.page;

import java.util.UUID;

import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenQueries;

/**
 * The token that a page asks about before something happens to it: one's own, or as an
 * administrator somebody's.
 *
 * @param ownerId whose it is
 * @param id which one
 * @param path where its questions stand
 */
record AskedToken(UUID ownerId, UUID id, String path) {

	static AskedToken own(UUID ownerId, String given) {
		UUID id = PathIds.of(given);
		return new AskedToken(ownerId, id, "/tokens/" + id);
	}

	static AskedToken ofUser(String user, String given) {
		UUID ownerId = PathIds.of(user);
		UUID id = PathIds.of(given);
		return new AskedToken(ownerId, id, "/admin/users/%s/tokens/%s".formatted(ownerId, id));
	}

	/**
	 * Returns what is known of it.
	 * @throws org.springframework.web.server.ResponseStatusException if there is none
	 */
	TokenDetails find(TokenQueries tokens) {
		return tokens.find(this.ownerId, this.id).orElseThrow(PathIds::notFound);
	}

}
