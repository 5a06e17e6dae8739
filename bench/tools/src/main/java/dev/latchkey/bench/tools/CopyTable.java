package dev.latchkey.bench.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Streams rows into one table by COPY.
 */
final class CopyTable implements AutoCloseable {

	private static final int FLUSH_AT = 1 << 16;

	private final CopyIn copy;

	private final StringBuilder buffer = new StringBuilder(FLUSH_AT + 1024);

	CopyTable(Connection connection, String tableAndColumns) throws SQLException {
		this.copy = connection.unwrap(PGConnection.class)
			.getCopyAPI()
			.copyIn("COPY " + tableAndColumns + " FROM STDIN");
	}

	/**
	 * Adds a row in COPY's text form; {@code null} is SQL's null, and no value may hold a
	 * tab, a newline or a backslash that is not part of that form.
	 */
	void row(Object... values) throws SQLException {
		for (int i = 0; i < values.length; i++) {
			this.buffer.append((i > 0) ? "\t" : "").append((values[i] != null) ? values[i] : "\\N");
		}
		this.buffer.append('\n');
		if (this.buffer.length() >= FLUSH_AT) {
			flush();
		}
	}

	private void flush() throws SQLException {
		byte[] bytes = this.buffer.toString().getBytes(StandardCharsets.UTF_8);
		this.copy.writeToCopy(bytes, 0, bytes.length);
		this.buffer.setLength(0);
	}

	@Override
	public void close() throws SQLException, IOException {
		flush();
		this.copy.endCopy();
	}

}
