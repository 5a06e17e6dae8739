package dev.latchkey.bench.tools;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * What a revoking thread acts with: a connection to a node, one to the database, and an
 * admin's token.
 */
final class Hands {

	private final Http http;

	private final Connection connection;

	private final String adminToken;

	Hands(int port, Connection connection, String adminToken) {
		this.http = new Http(port);
		this.connection = connection;
		this.adminToken = adminToken;
	}

	void call(String method, String path, String token, String json) throws IOException {
		Http.Answer answer = this.http.send(method, path, token, json);
		// The next call may be long after: the server would have hung up on an idle
		// connection.
		this.http.close();
		if (answer.status() / 100 != 2) {
			throw new IllegalStateException(method + " " + path + " answered " + answer);
		}
	}

	void callAsAdmin(String method, String path, String json) throws IOException {
		call(method, path, this.adminToken, json);
	}

	void delete(Victim victim) throws SQLException {
		try (PreparedStatement delete = this.connection.prepareStatement(LatchkeySchema.DELETE_BY_DIGEST)) {
			delete.setBytes(1, victim.digest());
			if (delete.executeUpdate() != 1) {
				throw new IllegalStateException("No row of that id");
			}
		}
	}

}
