package dev.latchkey.bench.tools;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What can go wrong between a node and its database while a revocation is on its way.
 */
enum Fault {

	CUT("listener's connection cut") {
		@Override
		void inject(Connection connection, long proxy) throws SQLException {
			try (PreparedStatement statement = connection.prepareStatement("SELECT pg_terminate_backend(?::int)")) {
				for (long listener : listeners(connection)) {
					statement.setLong(1, listener);
					statement.execute();
				}
			}
		}

		@Override
		void heal(Connection connection, long proxy) {
			// The node connects again by itself.
		}
	},

	FROZEN("listener's backend frozen") {

		private final List<Long> stopped = new ArrayList<>();

		@Override
		void inject(Connection connection, long proxy) throws Exception {
			this.stopped.addAll(listeners(connection));
			for (long listener : this.stopped) {
				Signals.send("STOP", listener);
			}
		}

		@Override
		void heal(Connection connection, long proxy) throws Exception {
			for (long listener : this.stopped) {
				Signals.send("CONT", listener);
			}
			this.stopped.clear();
		}
	},

	BLOCKED("network to the database blocked") {
		@Override
		void inject(Connection connection, long proxy) throws Exception {
			Signals.send("STOP", proxy);
		}

		@Override
		void heal(Connection connection, long proxy) throws Exception {
			Signals.send("CONT", proxy);
		}
	};

	private final String label;

	Fault(String label) {
		this.label = label;
	}

	abstract void inject(Connection connection, long proxy) throws Exception;

	abstract void heal(Connection connection, long proxy) throws Exception;

	Breakage breaking(Connection connection, long proxy) {
		return Breakage.of(this.label, () -> inject(connection, proxy), () -> heal(connection, proxy));
	}

	/** The backends that listen, on whichever node. */
	static List<Long> listeners(Connection connection) throws SQLException {
		List<Long> pids = new ArrayList<>();
		try (PreparedStatement select = connection.prepareStatement(LatchkeySchema.SELECT_LISTENERS);
				ResultSet rows = select.executeQuery()) {
			while (rows.next()) {
				pids.add(rows.getLong(1));
			}
		}
		if (pids.isEmpty()) {
			throw new IllegalStateException("No backend listens");
		}
		return pids;
	}

}
