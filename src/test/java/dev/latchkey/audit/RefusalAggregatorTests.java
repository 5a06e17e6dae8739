package dev.latchkey.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.latchkey.audit.RefusalRows.Outcome;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.token.IssuedToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A flood of refusals fills neither the table nor the memory.
 */
@LatchkeyTest
class RefusalAggregatorTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private RefusalAggregator refusals;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private AuditLog audit;

	@Autowired
	private PlatformTransactionManager transactions;

	private User user;

	@BeforeEach
	void makeUser() {
		this.user = this.people.user();
	}

	@Test
	void aFloodOfRefusalsMakesFewRows() {
		Instant start = this.clock.stop();
		IssuedToken dead = this.people.token(this.user, "*");
		this.http.delete("/api/tokens/current", dead.raw().reveal());
		for (int i = 0; i < 1000; i++) {
			assertThat(this.http.get("/api/user", dead.raw().reveal()).status()).isEqualTo(401);
			if (i % 100 == 0) {
				this.refusals.flush();
			}
		}
		this.clock.advance(Duration.ofMinutes(1));
		this.refusals.flush();
		List<Map<String, Object>> rows = this.jdbc.queryForList(
				"select count, at from audit_event where token_id = ? and action = 'token.refused'",
				dead.details().id());
		assertThat(rows).hasSizeLessThanOrEqualTo(2);
		assertThat(rows.stream().mapToInt((row) -> (Integer) row.get("count")).sum()).isEqualTo(1000);
		assertThat(rows).allMatch((row) -> ((java.sql.Timestamp) row.get("at")).toInstant().equals(start));
	}

	@Test
	void aFloodThatGoesOnMakesTwoRowsAMinute() {
		this.clock.stop();
		IssuedToken dead = this.people.token(this.user, "*");
		this.http.delete("/api/tokens/current", dead.raw().reveal());
		for (int second = 0; second < 300; second++) {
			this.http.get("/api/user", dead.raw().reveal());
			this.refusals.flush();
			this.clock.advance(Duration.ofSeconds(1));
		}
		this.clock.advance(Duration.ofMinutes(1));
		this.refusals.flush();
		List<Integer> counts = this.jdbc.queryForList(
				"select count from audit_event where token_id = ? and action = 'token.refused'", Integer.class,
				dead.details().id());
		assertThat(counts).hasSizeLessThanOrEqualTo(12);
		assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(300);
	}

	@Test
	void aRefusalIsWrittenOnceByWhoeverWrites() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			for (int round = 0; round < 20; round++) {
				UUID id = UUID.randomUUID();
				this.refusals.add(AuditedAct.ofToken(AuditAction.TOKEN_REFUSED, Actor.SERVER, this.user.id(), id)
					.saying("revoked"));
				List<Callable<Object>> flushes = Collections.nCopies(4, Executors.callable(this.refusals::flush));
				for (Future<Object> running : threads.invokeAll(flushes)) {
					running.get();
				}
				assertThat(this.jdbc.queryForObject("select count(*) from audit_event where token_id = ?",
						Integer.class, id))
					.isEqualTo(1);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	/** Whoever waits for the answer to a commit may wait in vain. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aRefusalWhoseCommitIsNotAnsweredIsWrittenOnce(boolean committed) {
		LosingAnswers transactions = new LosingAnswers(this.transactions, committed);
		RefusalAggregator refusals = new RefusalAggregator(new RefusalRows(this.audit, this.jdbc, transactions),
				this.clock);
		UUID token = UUID.randomUUID();
		AuditedAct refusal = AuditedAct.ofToken(AuditAction.TOKEN_REFUSED, Actor.SERVER, this.user.id(), token)
			.saying("revoked");
		refusals.add(refusal);
		transactions.lose(true);
		refusals.flush();
		assertThat(counts(token)).hasSize(committed ? 1 : 0);
		transactions.lose(false);
		refusals.add(refusal);
		refusals.flush();
		refusals.flushAll();
		assertThat(counts(token).stream().mapToInt(Integer::intValue).sum()).isEqualTo(2);
		assertThat(counts(token)).hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void whatIsNotDecidedYetIsWaitedFor() {
		RefusalRows rows = new RefusalRows(this.audit, this.jdbc, this.transactions);
		TransactionTemplate beside = new TransactionTemplate(this.transactions);
		beside.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		List<String> numbers = new ArrayList<>();
		AuditedAct refusal = AuditedAct
			.ofToken(AuditAction.TOKEN_REFUSED, Actor.SERVER, this.user.id(), UUID.randomUUID())
			.saying("revoked");
		rows.write(refusal, this.clock.instant(), 1, (number) -> {
			numbers.add(number);
			assertThat(beside.<Outcome>execute((status) -> rows.outcome(number))).isEqualTo(Outcome.OPEN);
		});
		assertThat(rows.outcome(numbers.get(0))).isEqualTo(Outcome.COMMITTED);
		assertThat(rows.outcome("9000000000000000000")).isEqualTo(Outcome.ABORTED);
	}

	@Test
	void whoHasANetworkHasNoMoreRowsThanWhoHasAnAddress() {
		Instant start = this.clock.stop();
		UUID token = UUID.randomUUID();
		for (int i = 0; i < 4096; i++) {
			add(AuditAction.TOKEN_REFUSED, this.user.id(), token, "2001:db8:7:7::%x:%x".formatted(i / 64, i));
			add(AuditAction.TOKEN_REFUSED, this.user.id(), token, "198.51.100." + i % 256);
		}
		writeAll();
		List<Map<String, Object>> rows = rows(start);
		assertThat(rows).hasSizeLessThanOrEqualTo(4);
		assertThat(rows).extracting((row) -> row.get("ip")).containsOnly("2001:db8:7:7::/64", "198.51.100.0/24");
		assertThat(counted(rows)).isEqualTo(2 * 4096);
	}

	@Test
	void aRowNamesTheOneAddressThereWas() {
		Instant start = this.clock.stop();
		add(AuditAction.TOKEN_REFUSED, this.user.id(), UUID.randomUUID(), "2001:db8::1");
		this.refusals.flush();
		assertThat(rows(start)).singleElement().extracting((row) -> row.get("ip")).isEqualTo("2001:db8::1");
	}

	@Test
	void aFloodFromManyNetworksIsBoundedAndCountedAll() {
		Instant start = this.clock.stop();
		UUID token = UUID.randomUUID();
		for (int i = 0; i < 4096; i++) {
			add(AuditAction.TOKEN_REFUSED, this.user.id(), token, "2001:db8:%x::1".formatted(i));
		}
		writeAll();
		List<Map<String, Object>> rows = rows(start);
		assertThat(rows).hasSizeLessThanOrEqualTo(2 * (RefusalKinds.SHARE + 1));
		assertThat(counted(rows)).isEqualTo(4096);
	}

	@Test
	void aFloodAgainstManyIsBoundedAndCountedAll() {
		Instant start = this.clock.stop();
		for (int i = 0; i < 4096; i++) {
			add(AuditAction.TOKEN_REFUSED, UUID.randomUUID(), UUID.randomUUID(), "2001:db8:%x::1".formatted(i));
		}
		writeAll();
		List<Map<String, Object>> rows = rows(start);
		assertThat(rows).hasSizeLessThanOrEqualTo(2 * (2 * RefusalKinds.ROOM + 1));
		assertThat(counted(rows)).isEqualTo(4096);
	}

	@Test
	void aFloodAgainstOneLeavesAnotherHisRows() {
		this.clock.stop();
		UUID flooded = UUID.randomUUID();
		UUID stolen = UUID.randomUUID();
		for (int i = 0; i < 4096; i++) {
			add(AuditAction.TOKEN_REUSE_DETECTED, flooded, UUID.randomUUID(), "2001:db8:%x::1".formatted(i));
			add(AuditAction.TOKEN_REFUSED, null, null, "2001:db8:%x::2".formatted(i));
		}
		for (AuditAction action : List.of(AuditAction.TOKEN_REUSE_DETECTED, AuditAction.TOKEN_REFUSED)) {
			add(action, this.user.id(), stolen, "192.0.2.7");
		}
		writeAll();
		assertThat(this.jdbc.queryForList("select ip from audit_event where token_id = ? and owner_id = ?",
				String.class, stolen, this.user.id()))
			.containsExactly("192.0.2.7", "192.0.2.7");
	}

	@Test
	void whatTheDatabaseNeverTakesLeavesTheOthersTheirRows() {
		Instant start = this.clock.stop();
		for (int i = 0; i < 8; i++) {
			this.refusals.add(new AuditedAct(AuditAction.TOKEN_REFUSED, Actor.GUEST, this.user.id(), UUID.randomUUID(),
					List.of(), "no text has a \u0000"));
			add(AuditAction.TOKEN_REFUSED, this.user.id(), UUID.randomUUID(), "192.0.2.7");
		}
		this.refusals.flush();
		assertThat(rows(start)).hasSize(8);
		writeAll();
		assertThat(rows(start)).hasSize(8);
	}

	/** As after a restore whose sequences are behind its rows. */
	@Test
	void whatMeetsAUsedNumberIsWrittenWithALaterOne() {
		RefusalAggregator refusals = new RefusalAggregator(new RefusalRows(this.audit, this.jdbc, this.transactions),
				this.clock);
		UUID token = UUID.randomUUID();
		refusals.add(refused(token));
		useNumbersAhead(3);
		refusals.flush();
		assertThat(counts(token)).isEmpty();
		refusals.add(refused(token));
		for (int i = 0; i < 3; i++) {
			refusals.flush();
		}
		assertThat(counts(token)).containsExactly(2);
	}

	@Test
	void aServerThatStopsTriesUntilTheNumberIsUnused() {
		RefusalAggregator refusals = new RefusalAggregator(new RefusalRows(this.audit, this.jdbc, this.transactions),
				this.clock);
		UUID token = UUID.randomUUID();
		refusals.add(refused(token));
		useNumbersAhead(5);
		refusals.flushAll();
		assertThat(counts(token)).containsExactly(1);
	}

	/** Each try is one transaction, and none waits for anything but the database. */
	@Test
	void aServerThatStopsDoesNotTryForLongWhereAllNumbersAreUsed() {
		AtomicInteger tries = new AtomicInteger();
		RefusalAggregator refusals = new RefusalAggregator(new RefusalRows(this.audit, this.jdbc, this.transactions) {

			@Override
			void write(AuditedAct kind, Instant since, int count, Consumer<String> sent) {
				tries.incrementAndGet();
				throw new DuplicateKeyException("used");
			}

		}, this.clock);
		for (int i = 0; i < 40; i++) {
			refusals.add(refused(UUID.randomUUID()));
		}
		refusals.flushAll();
		assertThat(tries.get()).isBetween(1000, 1040);
	}

	private AuditedAct refused(UUID token) {
		return AuditedAct.ofToken(AuditAction.TOKEN_REFUSED, Actor.SERVER, this.user.id(), token).saying("revoked");
	}

	/** Uses as many of the numbers that come next. */
	private void useNumbersAhead(int many) {
		this.jdbc.update("""
				insert into audit_event (id, at, action, count, changes) overriding system value
				select last_value + n, now(), 'token.refused', 1, '[]'
				from (select nextval(pg_get_serial_sequence('audit_event', 'id')) last_value) s, generate_series(1, ?) n
				""", many);
	}

	private void add(AuditAction action, UUID owner, UUID token, String ip) {
		this.refusals.add(new AuditedAct(action, Actor.GUEST.from(ip), owner, token, List.of(), "test"));
	}

	private void writeAll() {
		this.refusals.flush();
		this.clock.advance(Duration.ofMinutes(1));
		this.refusals.flush();
	}

	private List<Map<String, Object>> rows(Instant at) {
		return this.jdbc.queryForList("select count, ip from audit_event where at = ?", java.sql.Timestamp.from(at));
	}

	private static int counted(List<Map<String, Object>> rows) {
		return rows.stream().mapToInt((row) -> (Integer) row.get("count")).sum();
	}

	private List<Integer> counts(UUID token) {
		return this.jdbc.queryForList("select count from audit_event where token_id = ?", Integer.class, token);
	}

	/** Commits, or does not, and does not say which. */
	private static final class LosingAnswers implements PlatformTransactionManager {

		private final PlatformTransactionManager real;

		private final boolean commits;

		private boolean loses;

		private LosingAnswers(PlatformTransactionManager real, boolean commits) {
			this.real = real;
			this.commits = commits;
		}

		private void lose(boolean loses) {
			this.loses = loses;
		}

		@Override
		public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
			return this.real.getTransaction(definition);
		}

		@Override
		public void commit(TransactionStatus status) {
			if (this.commits || !this.loses) {
				this.real.commit(status);
			}
			else {
				this.real.rollback(status);
			}
			if (this.loses) {
				throw new TransactionSystemException("The connection is gone");
			}
		}

		@Override
		public void rollback(TransactionStatus status) {
			this.real.rollback(status);
		}

	}

}
