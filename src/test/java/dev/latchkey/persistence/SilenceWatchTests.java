package dev.latchkey.persistence;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.latchkey.testing.TcpLine;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Who waits for a database that says nothing any more is told so; who waits for one that
 * is only slow waits. All connections go by a line of their own, so that nobody else's
 * count as heard.
 */
class SilenceWatchTests {

	private static final JdbcConnectionDetails DATABASE = TestDatabase.create();

	private static final int KEY = 4711;

	private final SilenceWatch watch = new SilenceWatch();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private TcpLine line;

	private Connection holder;

	@BeforeEach
	void holdALock() throws SQLException {
		URI address = URI.create(DATABASE.getJdbcUrl().substring("jdbc:".length()));
		this.line = new TcpLine(new InetSocketAddress(address.getHost(), address.getPort()));
		this.holder = DriverManager.getConnection(DATABASE.getJdbcUrl(), DATABASE.getUsername(),
				DATABASE.getPassword());
		execute(this.holder, "select pg_advisory_lock(%d)".formatted(KEY));
	}

	@AfterEach
	void letGo() throws SQLException, IOException {
		this.holder.close();
		this.line.close();
		this.threads.shutdownNow();
	}

	@Test
	void whoWaitsForASilentServerIsToldSoAndThatNothingWasDone() throws Exception {
		try (Connection connection = connect()) {
			Future<Boolean> waiting = waitForTheLock(connection);
			assertThat(waiting.isDone()).isFalse();
			look(SilenceWatch.ROUNDS + 1);
			ExecutionException failure = failure(waiting);
			assertThat(DatabaseOutage.isCauseOf(failure)).isTrue();
			assertThat(DatabaseOutage.leavesUnknown(failure)).isFalse();
		}
	}

	/** As where this node stood still: what it finds then, it has seen once. */
	@Test
	void nobodyIsGivenUpAfterALookOrTwo() throws Exception {
		try (Connection connection = connect()) {
			Future<Boolean> waiting = waitForTheLock(connection);
			look(SilenceWatch.ROUNDS - 1);
			assertWaitsStill(waiting);
		}
	}

	@Test
	void aServerThatSaysAnythingToAnybodyIsOnlySlow() throws Exception {
		try (Connection connection = connect(); Connection other = connect()) {
			Future<Boolean> waiting = waitForTheLock(connection);
			for (int i = 0; i < SilenceWatch.ROUNDS * 3; i++) {
				look(1);
				execute(other, "select 1");
			}
			assertWaitsStill(waiting);
		}
	}

	@Test
	void whoListensWaitsForNothingThatHeHasAskedFor() throws Exception {
		try (Connection listener = connect(DatabaseSockets.Listening.class)) {
			execute(listener, "listen silence");
			Future<Boolean> listening = begin(() -> {
				listener.unwrap(PGConnection.class).getNotifications(0);
				return true;
			});
			look(SilenceWatch.ROUNDS * 2);
			execute(this.holder, "notify silence");
			assertThat(listening.get(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	/** As where a name has several addresses, of which only one is asked just now. */
	@Test
	void whoeverIsHeardUnderANameSpeaksForAllThatHaveIt() throws Exception {
		assertThat(isGivenUpWhileAnotherOneSpeaks("database.example")).isFalse();
	}

	@Test
	void ofSeveralNamesEachSpeaksForItself() throws Exception {
		assertThat(isGivenUpWhileAnotherOneSpeaks("one.example,two.example")).isTrue();
	}

	private boolean isGivenUpWhileAnotherOneSpeaks(String host) throws Exception {
		Properties settings = new Properties();
		settings.setProperty("PGHOST", host);
		settings.setProperty("PGPORT", String.valueOf(this.line.port()));
		try (Speaker silent = new Speaker(settings); Speaker speaking = new Speaker(settings)) {
			Future<Integer> waiting = this.threads.submit(silent::hear);
			await().until(() -> isWaitedFor(silent.near));
			for (int i = 0; i < SilenceWatch.ROUNDS * 3; i++) {
				look(1);
				speaking.say();
				assertThat(speaking.hear()).isEqualTo(1);
			}
			boolean givenUp = silent.near.isClosed();
			silent.near.close();
			assertThat(failure(waiting)).hasCauseInstanceOf(SocketException.class);
			return givenUp;
		}
	}

	private static boolean isWaitedFor(Socket socket) {
		return DatabaseSockets.servers().values().stream().anyMatch((server) -> server.waiting().containsKey(socket));
	}

	@Test
	void ofACommitThatNobodyAnswersNobodyKnows() throws Exception {
		try (Connection connection = connect()) {
			connection.setAutoCommit(false);
			execute(connection, "create table made (id int)");
			this.line.freeze();
			try {
				Future<Boolean> committing = begin(() -> {
					connection.commit();
					return true;
				});
				look(SilenceWatch.ROUNDS + 1);
				ExecutionException failure = failure(committing);
				assertThat(DatabaseOutage.isCauseOf(failure)).isTrue();
				assertThat(DatabaseOutage.leavesUnknown(failure)).isTrue();
			}
			finally {
				this.line.thaw();
			}
		}
	}

	private void assertWaitsStill(Future<Boolean> waiting) throws Exception {
		assertThat(waiting.isDone()).isFalse();
		execute(this.holder, "select pg_advisory_unlock(%d)".formatted(KEY));
		assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
	}

	private void look(int times) {
		for (int i = 0; i <= times; i++) {
			this.watch.look();
		}
	}

	private Future<Boolean> waitForTheLock(Connection connection) {
		return begin(() -> {
			execute(connection, "select pg_advisory_xact_lock(%d)".formatted(KEY));
			return true;
		});
	}

	/** Returns when the driver waits for the answer. */
	private Future<Boolean> begin(Callable<Boolean> work) {
		int before = waiting();
		Future<Boolean> begun = this.threads.submit(work);
		await().until(() -> waiting() > before);
		return begun;
	}

	private int waiting() {
		return DatabaseSockets.servers().get("127.0.0.1:" + this.line.port()).waiting().size();
	}

	private static ExecutionException failure(Future<?> waiting) {
		return catchThrowableOfType(ExecutionException.class, () -> waiting.get(30, TimeUnit.SECONDS));
	}

	private Connection connect() throws SQLException {
		return connect(DatabaseSockets.class);
	}

	private Connection connect(Class<?> sockets) throws SQLException {
		Properties settings = new Properties();
		settings.setProperty("user", DATABASE.getUsername());
		settings.setProperty("password", String.valueOf(DATABASE.getPassword()));
		settings.setProperty("socketFactory", sockets.getName());
		return DriverManager.getConnection(
				DATABASE.getJdbcUrl().replaceFirst("//[^/]*/", "//127.0.0.1:%d/".formatted(this.line.port())),
				settings);
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/** A server of one connection, at an address of its own. */
	private static final class Speaker implements AutoCloseable {

		private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

		private final Socket near;

		private final Socket far;

		private Speaker(Properties settings) throws IOException {
			this.near = new DatabaseSockets(settings).createSocket();
			this.near.connect(this.server.getLocalSocketAddress());
			this.far = this.server.accept();
		}

		private void say() throws IOException {
			this.far.getOutputStream().write(1);
		}

		private int hear() throws IOException {
			return this.near.getInputStream().read();
		}

		@Override
		public void close() throws IOException {
			this.near.close();
			this.far.close();
			this.server.close();
		}

	}

}
