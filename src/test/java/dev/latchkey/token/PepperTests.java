package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.latchkey.startup.StartupFailure;
import dev.latchkey.testing.AtOnce;
import dev.latchkey.testing.TestDatabase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * How the rows of a database come under a pepper, and from one to the next, as several
 * nodes see it.
 */
@ExtendWith(OutputCaptureExtension.class)
class PepperTests {

	private static final String WAITING = "Tokens are not moved to latchkey.tokens.pepper yet, since nodes run without it (%d)";

	private static final String FIRST = pepper("the first pepper that was ever set");

	private static final String SECOND = pepper("another one for the next rotation");

	private static final String THIRD = pepper("and the one of the year after that");

	private static final String WRONG = pepper("one that nobody has ever heard of");

	private final JdbcConnectionDetails database = TestDatabase.create();

	private final DriverManagerDataSource source = new DriverManagerDataSource(this.database.getJdbcUrl(),
			String.valueOf(this.database.getUsername()), String.valueOf(this.database.getPassword()));

	private final JdbcTemplate jdbc = new JdbcTemplate(this.source);

	private final JdbcTransactionManager manager = new JdbcTransactionManager(this.source);

	private final TransactionTemplate transactions = new TransactionTemplate(this.manager);

	private final PepperStore store = new PepperStore(this.jdbc);

	private final TokenDigest token = TokenDigest.of("a token");

	private final UUID owner = UUID.randomUUID();

	@BeforeEach
	void keepATokenWithoutPepper() {
		Flyway.configure().dataSource(this.source).locations("classpath:db/migration").load().migrate();
		this.jdbc.update("""
				insert into app_user (id, email, name, password_hash, roles, enabled, created_at)
				values (?, 'o@example.com', 'O', '-', 'USER', true, now())
				""", this.owner);
		insert(this.token.bytes());
	}

	@Test
	void allRowsMoveOnceEveryNodeHasThePepperAndNothingElseIsATokenThen() throws SQLException {
		this.jdbc.update(
				"""
						insert into api_token (id, owner_id, created_at, digest, kind, hint, name, scopes)
						select gen_random_uuid(), ?, now(), sha256(n::text::bytea), 'p', 'x', 'x', '*' from generate_series(1, 2100) n
						""",
				this.owner);
		DigestsAtRest without = node(null, null);
		DigestsAtRest with = node(FIRST, null);
		DigestMove move = new DigestMove(with, this.store, this.transactions);
		move.move();
		assertThat(count(32)).isEqualTo(2101);
		assertThat(finds(without) && finds(with)).isTrue();
		assertThat(with.ofNew(raw())).hasSize(32);
		without.leave();
		try (Connection listener = connect("test"); Statement statement = listener.createStatement()) {
			statement.execute("listen latchkey_changes");
			move.move();
			assertThat(listener.unwrap(PGConnection.class).getNotifications(100)).isNullOrEmpty();
		}
		assertThat(count(32)).isZero();
		assertThat(count(33)).isEqualTo(2101);
		assertThat(finds(with)).isTrue();
		letLeasesEnd();
		move.move();
		assertThat(this.jdbc.queryForList("select digest from api_token where name = 'own'", byte[].class))
			.containsExactly(expected(1, FIRST));
		assertThat(with.of(this.token)).hasSize(1);
		assertThat(with.ofNew(raw())).hasSize(33);
		byte[] byHand = TokenDigest.of("by hand").bytes();
		assertThatThrownBy(() -> insert(byHand)).isInstanceOf(ConcurrencyFailureException.class);
		this.transactions.executeWithoutResult((status) -> {
			this.jdbc.execute("set local session_replication_role = replica");
			insert(byHand);
		});
		assertThat(statements(with).find(List.of(TokenDigest.of("by hand")), null)).isEmpty();
		assertRefused("Set latchkey.tokens.pepper", () -> node(null, null));
		assertRefused("another pepper than latchkey.tokens.pepper", () -> node(WRONG, null));
		assertRefused("another pepper than latchkey.tokens.pepper", () -> node(SECOND, WRONG));
	}

	@Test
	void aStartSaysOnceThatNothingIsMovedWhileNodesRunWithoutThePepper(CapturedOutput output) {
		DigestsAtRest without = node(null, null);
		DigestMove move = new DigestMove(node(FIRST, null), this.store, this.transactions);
		move.move();
		move.move();
		assertSaidOnce(output, 1);
		without.leave();
		move.move();
		assertThat(count(33)).isEqualTo(1);
		assertSaidOnce(output, 1);
	}

	@Test
	void aStartSaysThatTheNextPepperWaitsForNodesWithTheOneBefore(CapturedOutput output) {
		moved(FIRST);
		node(FIRST, null);
		new DigestMove(node(SECOND, FIRST), this.store, this.transactions).move();
		assertSaidOnce(output, 2);
	}

	@Test
	void whereEveryNodeHasThePepperNothingIsWarnedOf(CapturedOutput output) {
		moved(FIRST);
		assertThat(output.getAll()).doesNotContain("Tokens are not moved");
	}

	private static void assertSaidOnce(CapturedOutput output, int nodes) {
		assertThat(output.getAll().lines().filter((line) -> line.contains("Tokens are not moved"))).singleElement()
			.asString()
			.contains("WARN", WAITING.formatted(nodes));
		assertThat(output.getAll()).doesNotContain(FIRST, SECOND, plain(FIRST), plain(SECOND));
	}

	private static String plain(String pepper) {
		return new String(Base64.getDecoder().decode(pepper), StandardCharsets.US_ASCII);
	}

	@Test
	void aNodeThatHasNotHeardOfTheBeginningGoesOnMakingTokens() {
		DigestsAtRest one = node(FIRST, null);
		DigestsAtRest other = node(FIRST, null);
		DigestMove move = new DigestMove(one, this.store, this.transactions);
		move.move();
		assertThat(count(33)).isEqualTo(1);
		assertThat(finds(other)).isTrue();
		byte[] made = other.ofNew(raw());
		assertThat(made).hasSize(32);
		insert(made);
		move.move();
		assertThat(count(33)).isEqualTo(2);
		letLeasesEnd();
		new DigestMove(other, this.store, this.transactions).move();
		assertThat(one.of(this.token)).as("refused once it was begun long ago, whoever begins again").hasSize(2);
		one.renew();
		assertThat(one.of(this.token)).hasSize(1);
	}

	@Test
	void writersAreNotHeldWhileThereAreRowsToMove() throws SQLException {
		this.store.add(1, new Pepper(FIRST).fingerprint());
		this.store.begin(1);
		letLeasesEnd();
		try (Connection writer = connect("test"); Statement statement = writer.createStatement()) {
			writer.setAutoCommit(false);
			statement.execute("lock table api_token in row exclusive mode");
			assertThat(this.transactions.<Boolean>execute((status) -> this.store.refusePlain(1))).isFalse();
		}
	}

	@Test
	void aRowUnderTheRetiredPepperMovesWhenItsTokenIsUsed() {
		DigestsAtRest first = moved(FIRST);
		DigestsAtRest second = node(SECOND, FIRST);
		DigestMove move = new DigestMove(second, this.store, this.transactions);
		move.move();
		assertThat(second.ofNew(raw())[0]).isEqualTo((byte) 1);
		first.leave();
		move.move();
		assertThat(second.ofNew(raw())[0]).isEqualTo((byte) 2);
		assertThat(finds(second)).isTrue();
		assertThat(second.of(this.token)).hasSize(2);
		assertRefused("was replaced", () -> node(FIRST, null));
		assertRefused("older pepper. Name it in latchkey.tokens.retired-pepper", () -> node(SECOND, null));
		assertRefused("older pepper. Name it in latchkey.tokens.retired-pepper", () -> node(SECOND, WRONG));
		assertRefused("older pepper. Name it in latchkey.tokens.retired-pepper", () -> node(THIRD, SECOND));
		second.found(this.token, TokenDigest.ofBytes(expected(1, FIRST)));
		move.move();
		assertThat(this.jdbc.queryForList("select digest from api_token", byte[].class))
			.containsExactly(expected(2, SECOND));
		assertThat(finds(node(SECOND, null))).isTrue();
		assertThat(finds(node(SECOND, WRONG))).isTrue();
		assertThat(finds(node(THIRD, SECOND))).isTrue();
	}

	@Test
	void aPepperIsNotReplacedWhileRowsMoveToIt() {
		this.store.add(1, new Pepper(FIRST).fingerprint());
		this.store.begin(1);
		assertThat(node(FIRST, null).of(this.token)).hasSize(2);
		assertRefused("still being moved", () -> node(SECOND, FIRST));
	}

	@Test
	void aNodeOfTheVersionBeforeHoldsTheMoveBack() throws SQLException {
		DigestsAtRest with = node(FIRST, null);
		DigestMove move = new DigestMove(with, this.store, this.transactions);
		try (Connection own = connect("latchkey-listener")) {
			try (Connection before = connect("latchkey-changes")) {
				assertThat(own.isValid(1) && before.isValid(1)).isTrue();
				move.move();
				assertThat(count(32)).isEqualTo(1);
				UUID killed = UUID.randomUUID();
				this.store.renew(killed, with.forms().number());
				move.move();
				assertThat(count(32)).as("the row of a node that was killed hides nobody").isEqualTo(1);
			}
			await().untilAsserted(() -> {
				move.move();
				assertThat(count(32)).isZero();
			});
		}
	}

	@Test
	void aNodeThatLearnsThatItCannotReadTokensDecidesNothingFromThenOn() {
		DigestsAtRest without = node(null, null);
		assertThat(finds(without)).isTrue();
		stop(without);
		assertUndecided(without);
	}

	@Test
	void whatANodeOnceRefusesItGoesOnRefusing() {
		DigestsAtRest node = moved(FIRST);
		assertThat(node.of(this.token)).hasSize(1);
		this.jdbc.update("update token_pepper set plain_refused_at = null");
		node.renew();
		assertThat(node.of(this.token)).hasSize(1);
		assertThat(node(FIRST, null).of(this.token)).as("a restart believes the table").hasSize(2);
		this.jdbc.update("delete from token_pepper");
		node.renew();
		assertUndecided(node);
	}

	@Test
	void theOthersAreToldOfANodeWhateverBecomesOfTheCaller() {
		DigestsAtRest node = node(null, null);
		stop(node);
		this.jdbc.update("delete from token_pepper");
		this.jdbc.update("delete from token_node");
		this.transactions.executeWithoutResult((status) -> {
			assertThat(node.of(this.token)).hasSize(1);
			status.setRollbackOnly();
		});
		assertThat(this.jdbc.queryForObject("select count(*) from token_node", Integer.class)).isEqualTo(1);
	}

	@Test
	void nobodyQueuesBehindOneWhoLearnsHowTokensAreKept() throws ExecutionException, InterruptedException {
		DigestsAtRest node = node(null, null);
		stop(node);
		this.jdbc.update("delete from token_pepper");
		CompletableFuture<List<TokenDigest>> first = new CompletableFuture<>();
		this.transactions.executeWithoutResult((status) -> {
			this.store.lock();
			first.completeAsync(() -> node.of(this.token), AtOnce.THREAD_EACH);
			await().until(() -> this.jdbc.queryForObject("""
					select count(*) from pg_locks l join pg_database d on d.oid = l.database
					where d.datname = current_database() and l.locktype = 'advisory' and not l.granted
					""", Integer.class) == 1);
			assertThat(CompletableFuture.supplyAsync(() -> node.of(this.token), AtOnce.THREAD_EACH))
				.failsWithin(Duration.ofMinutes(1))
				.withThrowableThat()
				.withCauseInstanceOf(DataAccessResourceFailureException.class);
		});
		assertThat(first.get()).hasSize(1);
	}

	private DigestsAtRest node(String pepper, String retired) {
		return new DigestsAtRest(new PepperProperties(pepper, retired), this.store, this.manager);
	}

	/** A node that has moved all rows. */
	private DigestsAtRest moved(String pepper) {
		DigestsAtRest node = node(pepper, null);
		DigestMove move = new DigestMove(node, this.store, this.transactions);
		move.move();
		letLeasesEnd();
		move.move();
		return node;
	}

	private void letLeasesEnd() {
		this.jdbc.update("update token_pepper set begun_at = begun_at - interval '1 minute'");
	}

	/** As if others had begun with a pepper of which this node knows nothing. */
	private void stop(DigestsAtRest node) {
		this.store.add(1, new Pepper(FIRST).fingerprint());
		this.store.begin(1);
		node.renew();
	}

	private void assertUndecided(DigestsAtRest node) {
		assertThatThrownBy(() -> node.of(this.token)).isInstanceOf(DataAccessResourceFailureException.class);
	}

	private RevocationStatements statements(DigestsAtRest node) {
		JdbcClient client = JdbcClient.create(this.jdbc);
		return new RevocationStatements(client, new TokenOwners(client), node);
	}

	private boolean finds(DigestsAtRest node) {
		return !statements(node).find(List.of(this.token), null).isEmpty();
	}

	private static void assertRefused(String line, ThrowingCallable start) {
		assertThatThrownBy(start).isInstanceOf(StartupFailure.class)
			.hasMessageContaining(line)
			.hasMessageNotContainingAny(FIRST, SECOND, WRONG, "\n");
	}

	private void insert(byte[] digest) {
		this.jdbc.update("""
				insert into api_token (id, owner_id, created_at, digest, kind, hint, name, scopes)
				values (gen_random_uuid(), ?, now(), ?, 'p', 'x', 'own', '*')
				""", this.owner, digest);
	}

	private int count(int length) {
		return this.jdbc.queryForObject("select count(*) from api_token where length(digest) = ?", Integer.class,
				length);
	}

	private static RawToken raw() {
		return new RawToken("lkp_new", TokenKind.PERSONAL);
	}

	private Connection connect(String application) throws SQLException {
		return DriverManager.getConnection(this.database.getJdbcUrl() + "?ApplicationName=" + application,
				this.database.getUsername(), this.database.getPassword());
	}

	/** What other programs make of the same pepper. */
	private byte[] expected(int number, String pepper) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(Base64.getDecoder().decode(pepper), "HmacSHA256"));
			byte[] sealed = mac.doFinal(this.token.bytes());
			byte[] row = new byte[33];
			row[0] = (byte) number;
			System.arraycopy(sealed, 0, row, 1, 32);
			return row;
		}
		catch (java.security.GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String pepper(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
	}

}
