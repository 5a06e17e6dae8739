package dev.latchkey.token;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Shows administrators whose a token is.
 */
@Component
class InventoryOwners {

	private final JdbcClient jdbc;

	InventoryOwners(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Returns them by the ids by which tokens know them. */
	Map<UUID, InventoryToken.Owner> find(List<UUID> ids) {
		Map<UUID, InventoryToken.Owner> owners = new HashMap<>();
		RowCallbackHandler rows = (row) -> owners.put(row.getObject("id", UUID.class), new InventoryToken.Owner(
				row.getString(ShownOwnerId.COLUMN), row.getString("username"), row.getString("name")));
		this.jdbc.sql("select * from token_owner where id = any(:ids)")
			.param("ids", ids.toArray(UUID[]::new))
			.query(rows);
		return owners;
	}

}
