package dev.latchkey.token;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Says what tokens are called, whoever owns them.
 */
@Service
public class TokenNames {

	private final JdbcClient jdbc;

	TokenNames(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the names of those of these tokens that are kept.
	 */
	public Map<UUID, String> of(Collection<UUID> ids) {
		return this.jdbc.sql("select id, name from api_token where id = any(:ids)")
			.param("ids", ids.toArray(UUID[]::new))
			.query((rows) -> {
				Map<UUID, String> names = new HashMap<>();
				while (rows.next()) {
					names.put(rows.getObject("id", UUID.class), rows.getString("name"));
				}
				return names;
			});
	}

}
