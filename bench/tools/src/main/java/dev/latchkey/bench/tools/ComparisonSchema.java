package dev.latchkey.bench.tools;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;

/**
 * The tables of the hand-written filter.
 */
final class ComparisonSchema implements Loader.Schema {

	private final Instant now = Instant.now();

	@Override
	public void owners(Connection connection, int count) throws Exception {
		try (CopyTable table = new CopyTable(connection, "account (id, email, name, roles, enabled)")) {
			for (int owner = 1; owner <= count; owner++) {
				table.row(owner, "user-%06d@bench.latchkey.dev".formatted(owner), "Bench user " + owner, "USER", true);
			}
		}
	}

	@Override
	public String tokenTable() {
		return "personal_token (token_hash, owner_id, name, scopes, created_at, expires_at)";
	}

	@Override
	public Object[] token(int index, int owner, String raw, String hexDigest) {
		return new Object[] { hexDigest, owner + 1, "bench", "orders:read user:read", this.now,
				this.now.plus(Duration.ofDays(90)) };
	}

}
