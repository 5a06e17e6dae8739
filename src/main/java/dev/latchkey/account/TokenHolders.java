package dev.latchkey.account;

import java.util.Optional;
import java.util.UUID;

import dev.latchkey.value.Ids;
import dev.latchkey.value.Texts;

import org.springframework.stereotype.Component;

/**
 * Finds whose tokens an administrator means. In an application that embeds this, which
 * has its users elsewhere, this has a namesake.
 */
@Component
class TokenHolders {

	private final UserService users;

	TokenHolders(UserService users) {
		this.users = users;
	}

	/**
	 * Finds an account by its id.
	 */
	Optional<UUID> byId(String id) {
		return Ids.parse(id).filter((known) -> this.users.find(known).isPresent());
	}

	/**
	 * Finds an account by its id or its address; of an id it is not asked whether anybody
	 * has it.
	 */
	Optional<UUID> byIdOrAddress(String given) {
		Optional<UUID> id = Ids.parse(given);
		return id.isPresent() ? id : this.users.findByEmail(Texts.normalize(given)).map((user) -> user.id());
	}

}
