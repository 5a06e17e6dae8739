package dev.latchkey.account;

import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds whose tokens an administrator means, in the place of the server's class of the
 * same name: by the ids of the application, of whoever has, or had, a token.
 */
@Component
class TokenHolders {

	private final JdbcClient jdbc;

	TokenHolders(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Optional<UUID> byId(String id) {
		return this.jdbc.sql("select id from token_owner where host_id = :id")
			.param("id", id)
			.query(UUID.class)
			.optional();
	}

	/** An id comes first: names may be given to somebody else. */
	Optional<UUID> byIdOrAddress(String given) {
		return this.jdbc.sql("""
				select id from token_owner where host_id = :given or username = :given
				order by host_id = :given desc, enabled desc, id desc limit 1
				""").param("given", given).query(UUID.class).optional();
	}

}
