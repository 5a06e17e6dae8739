package dev.latchkey.bench.tools;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HexFormat;

/**
 * Fills one database from a file of raw tokens; every owner gets ten of them in a row.
 */
final class Loader {

	static final int TOKENS_PER_OWNER = 10;

	private Loader() {
	}

	static void load(Arguments arguments) throws Exception {
		Path file = arguments.path("tokens");
		Schema schema = switch (arguments.text("schema")) {
			case "comparison" -> new ComparisonSchema();
			case "latchkey" -> new LatchkeySchema(false);
			case "latchkey-expired" -> new LatchkeySchema(true);
			default -> throw new IllegalArgumentException("--schema is comparison or latchkey");
		};
		try (Connection connection = DriverManager.getConnection(arguments.text("url"))) {
			connection.setAutoCommit(false);
			int count;
			try (var lines = Files.lines(file)) {
				count = (int) lines.count();
			}
			schema.owners(connection, (count + TOKENS_PER_OWNER - 1) / TOKENS_PER_OWNER);
			tokens(connection, schema, file);
			connection.commit();
			connection.setAutoCommit(true);
			try (Statement statement = connection.createStatement()) {
				statement.execute("VACUUM ANALYZE");
			}
		}
	}

	private static void tokens(Connection connection, Schema schema, Path file) throws Exception {
		MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
		try (CopyTable table = new CopyTable(connection, schema.tokenTable());
				BufferedReader reader = Files.newBufferedReader(file)) {
			int index = 0;
			for (String raw = reader.readLine(); raw != null; raw = reader.readLine()) {
				String digest = HexFormat.of().formatHex(sha256.digest(raw.getBytes(StandardCharsets.US_ASCII)));
				table.row(schema.token(index, index / TOKENS_PER_OWNER, raw, digest));
				index++;
			}
		}
	}

	/** Where the rows go. */
	interface Schema {

		void owners(Connection connection, int count) throws Exception;

		String tokenTable();

		Object[] token(int index, int owner, String raw, String hexDigest);

	}

}
