package dev.latchkey.bench.tools;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Latchkey's own tables.
 */
final class LatchkeySchema implements Loader.Schema {

	/** Outward ids of a token and its owner by the token's digest. */
	static final String SELECT_IDS = "SELECT id::text, owner_id::text FROM api_token WHERE digest = ?";

	static final String DELETE_BY_DIGEST = "DELETE FROM api_token WHERE digest = ?";

	static final String SELECT_LISTENERS = "SELECT pid FROM pg_stat_activity "
			+ "WHERE datname = current_database() AND application_name = 'latchkey-listener'";

	private static final Duration AGE = Duration.ofDays(30);

	private final Instant now = Instant.now();

	private final boolean expired;

	/**
	 * With {@code expired} the tokens ran out ten days ago: work for the pruning.
	 */
	LatchkeySchema(boolean expired) {
		this.expired = expired;
	}

	@Override
	public void owners(Connection connection, int count) throws Exception {
		if (this.expired) {
			return;
		}
		try (CopyTable table = new CopyTable(connection,
				"app_user (id, email, name, password_hash, roles, enabled, created_at)")) {
			for (int owner = 0; owner < count; owner++) {
				table.row(ownerId(owner), "user-%07d@bench.latchkey.dev".formatted(owner), "Bench user " + owner,
						"{none}", "USER", true, this.now.minus(AGE));
			}
		}
		try (CopyTable table = new CopyTable(connection, "customer_order (id, owner_id, created_at, quantity, item)")) {
			for (int owner = 0; owner < count; owner++) {
				table.row(id(3, owner), ownerId(owner), this.now.minus(AGE), 1, "A pair of boots");
			}
		}
	}

	@Override
	public String tokenTable() {
		return "api_token (id, owner_id, created_at, expires_at, digest, kind, hint, name, scopes)";
	}

	@Override
	public Object[] token(int index, int owner, String raw, String hexDigest) {
		Instant created = this.now.minus(AGE).plusMillis(20L * index);
		boolean key = index % Loader.TOKENS_PER_OWNER == Loader.TOKENS_PER_OWNER - 1;
		Instant expires = this.expired ? this.now.minus(Duration.ofDays(10)) : this.now.plus(Duration.ofDays(60));
		return new Object[] { id(this.expired ? 4 : 2, index), ownerId(owner), created, expires, "\\\\x" + hexDigest,
				"p", "lkp_…" + raw.substring(raw.length() - 4), "Deploy script " + index,
				key ? "orders:read tokens:read tokens:write user:read" : "orders:read user:read" };
	}

	/** Expired tokens belong to the owners that are there already. */
	private UUID ownerId(int owner) {
		return id(1, owner);
	}

	/** Ids grow in the order of insertion, as the server's own do. */
	private static UUID id(int table, long number) {
		return new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | (long) table << 48 | number);
	}

}
