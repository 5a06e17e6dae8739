package dev.latchkey.bench.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Loads nodes while somebody else breaks things, and judges what they answered. It is led
 * by lines: {@code begin NAME} starts the load and is answered {@code steady} once all is
 * well; then comes the fault; {@code healed} waits until all is well again, asks every
 * node about every token, looks into the database, and is answered with a row.
 * <p>
 * How long it took is counted from when the database itself was well: a connection of no
 * node, on the way that the nodes have to it, has committed something.
 */
final class FaultHistory {

	/** Also on a machine that is busy with other things. */
	private static final int PATIENCE_SECONDS = 120;

	private static final String[] MADE_BY_HALVES = { """
			SELECT count(*) FROM api_token t WHERE name LIKE 'of node %' AND NOT EXISTS (
			    SELECT FROM audit_event e WHERE e.token_id = t.id AND e.action = 'token.created')
			""", """
			SELECT count(*) FROM audit_event e WHERE action = 'token.created'
			    AND NOT EXISTS (SELECT FROM api_token t WHERE t.id = e.token_id)
			""", """
			SELECT count(*) FROM api_token t WHERE revoked_at IS NOT NULL AND NOT EXISTS (
			    SELECT FROM audit_event e WHERE e.token_id = t.id AND e.action = 'token.revoked')
			""" };

	/** A standby that has to keep it is waited for. */
	private static final String WRITE = "SELECT pg_logical_emit_message(true, 'faults', 'well')";

	/** A way that swallowed what was sent is tried anew. */
	private static final String IMPATIENT = "&connectTimeout=1&socketTimeout=1&loginTimeout=1&prepareThreshold=0";

	private static final String AS_PROMISED = """
			SELECT (revoked_at IS NOT NULL) = ? AND EXISTS (SELECT FROM audit_event WHERE token_id = api_token.id)
			FROM api_token WHERE id = ?::uuid
			""";

	private final Ledger ledger;

	private final Random seeds;

	private final int[] ports;

	private final String url;

	private final List<String> ways;

	private final String admin;

	private String fault = "";

	private Crowd crowd;

	private FaultHistory(Arguments arguments) throws IOException {
		this.ledger = new Ledger(arguments.number("bound-millis", 2000) * 1_000_000L);
		this.seeds = new Random(Long.parseLong(arguments.text("seed")));
		this.ports = Arrays.stream(arguments.text("ports").split(",")).mapToInt(Integer::parseInt).toArray();
		this.url = arguments.text("url");
		this.ways = List.of(arguments.text("ways").split(","));
		this.admin = Files.readString(arguments.path("admin-token-file")).trim();
	}

	static void run(Arguments arguments) throws Exception {
		FaultHistory history = new FaultHistory(arguments);
		BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			if (line.equals("healed")) {
				System.out.println(history.healed());
			}
			else {
				System.out.println(history.begin(line.substring("begin ".length())));
			}
			System.out.flush();
		}
	}

	private String begin(String name) throws Exception {
		this.fault = name;
		this.ledger.begin();
		this.crowd = new Crowd(this.ledger, this.admin, this.ports);
		this.crowd.start(this.seeds);
		// The ways are tried before, too: what is new to this process takes time.
		return isDatabaseWellWithin(PATIENCE_SECONDS) && this.crowd.isSteadyWithin(PATIENCE_SECONDS) ? "steady"
				: "not well before the fault";
	}

	private String healed() throws Exception {
		boolean back = isDatabaseWellWithin(PATIENCE_SECONDS);
		long healedAt = System.nanoTime();
		boolean well = back && this.crowd.isSteadyWithin(PATIENCE_SECONDS);
		this.crowd.stop();
		Ledger.Counts counts = this.ledger.counts();
		// Where nothing failed at all, there is no time.
		double seconds = (Math.max(counts.lastFailureAt().get(), healedAt) - healedAt) / 1e9;
		askAboutAll();
		long lost = 0;
		long halves = 0;
		try (Connection connection = DriverManager.getConnection(this.url)) {
			lost = lost(connection);
			for (String query : MADE_BY_HALVES) {
				halves += number(connection, query);
			}
		}
		return String.join("\t", this.fault, counts.requests().toString(), counts.issued().toString(),
				counts.ended().toString(), counts.acceptedTooLate().toString(), counts.refusedThoughGood().toString(),
				Long.toString(lost), Long.toString(halves), counts.failed().toString(), counts.undecided().toString(),
				counts.unanswered().toString(), well ? "%.1f".formatted(seconds) : "not well",
				Long.toString(counts.latestAccepted().get() / 1_000_000));
	}

	private boolean isDatabaseWellWithin(long seconds) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		for (String way : this.ways) {
			while (!takesWrites(way)) {
				if (System.nanoTime() - deadline > 0) {
					return false;
				}
				Thread.sleep(10);
			}
		}
		return true;
	}

	private static boolean takesWrites(String way) {
		try (Connection connection = DriverManager.getConnection(way + IMPATIENT);
				Statement statement = connection.createStatement()) {
			statement.execute(WRITE);
			return true;
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/** Every node, since what one remembers another may not. */
	private void askAboutAll() throws IOException {
		List<Ledger.Promise> all = this.ledger.all();
		for (int node = 0; node < this.ports.length; node++) {
			try (Http http = new Http(this.ports[node])) {
				for (Ledger.Promise promise : all) {
					this.ledger.counts().requests().increment();
					long begin = System.nanoTime();
					this.ledger.used(promise, node, begin, promise.isDead(), http.get("/api/user", promise.raw()));
				}
			}
		}
	}

	/** Tokens and ends that were acknowledged, and do not stand in the tables. */
	private long lost(Connection connection) throws SQLException {
		long lost = 0;
		try (PreparedStatement select = connection.prepareStatement(AS_PROMISED)) {
			for (Ledger.Promise promise : this.ledger.all()) {
				if ((promise.isGood() || promise.isDead()) && !isAsPromised(select, promise)) {
					lost++;
					System.err.printf("  LOST %s, %s%n", promise.id(), promise.isDead() ? "its end" : "the token");
				}
			}
		}
		return lost;
	}

	private static boolean isAsPromised(PreparedStatement select, Ledger.Promise promise) throws SQLException {
		select.setBoolean(1, promise.isDead());
		select.setString(2, promise.id());
		try (ResultSet row = select.executeQuery()) {
			return row.next() && row.getBoolean(1);
		}
	}

	private static long number(Connection connection, String query) throws SQLException {
		try (PreparedStatement select = connection.prepareStatement(query); ResultSet row = select.executeQuery()) {
			row.next();
			return row.getLong(1);
		}
	}

}
