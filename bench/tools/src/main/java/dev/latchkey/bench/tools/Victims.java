package dev.latchkey.bench.tools;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands out tokens, each of another owner, from the file the loader used. An owner's last
 * token may change the others.
 */
final class Victims {

	private final Connection connection;

	private final List<String> tokens;

	private int nextOwner;

	Victims(Connection connection, List<String> tokens) {
		this.connection = connection;
		this.tokens = tokens;
	}

	synchronized Victim next() throws Exception {
		int first = this.nextOwner * Loader.TOKENS_PER_OWNER;
		this.nextOwner++;
		if (first + Loader.TOKENS_PER_OWNER > this.tokens.size()) {
			throw new IllegalStateException("The loaded owners are used up");
		}
		String raw = this.tokens.get(first);
		String key = this.tokens.get(first + Loader.TOKENS_PER_OWNER - 1);
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(raw.getBytes(StandardCharsets.US_ASCII));
		try (PreparedStatement select = this.connection.prepareStatement(LatchkeySchema.SELECT_IDS)) {
			select.setBytes(1, digest);
			try (ResultSet row = select.executeQuery()) {
				row.next();
				return new Victim(raw, digest, key, row.getString(1), row.getString(2));
			}
		}
	}

	List<Victim> next(int count) throws Exception {
		List<Victim> victims = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			victims.add(next());
		}
		return victims;
	}

}
