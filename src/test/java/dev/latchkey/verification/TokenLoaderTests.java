package dev.latchkey.verification;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.DigestsAtRest;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenLives;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Those who wait together for a query, while the two before it are held up.
 */
@LatchkeyTest
class TokenLoaderTests {

	@Autowired
	private DataSource database;

	@Autowired
	private ScopeCatalogue catalogue;

	@Autowired
	private TokenLives lives;

	@Autowired
	private DigestsAtRest digests;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	private final Semaphore queries = new Semaphore(0);

	private TokenLoader loader;

	@BeforeEach
	void holdUpTwoQueries() throws InterruptedException {
		Semaphore underWay = new Semaphore(0);
		JdbcTemplate slow = new JdbcTemplate(this.database) {

			@Override
			public <T> T execute(ConnectionCallback<T> action) {
				underWay.release();
				TokenLoaderTests.this.queries.acquireUninterruptibly();
				return super.execute(action);
			}

		};
		this.loader = new TokenLoader(
				new TokenStatement(slow, this.digests, new RightsPool(this.catalogue), this.lives),
				new Invalidations());
		for (String unknown : List.of("one", "two")) {
			CompletableFuture.runAsync(() -> this.loader.load(TokenDigest.of(unknown)), TokenLoaderTests::start);
			underWay.acquire();
		}
	}

	@AfterEach
	void letAllGo() {
		this.queries.release(1000);
	}

	/** Others read all accounts and tokens that there are. */
	@AfterEach
	void removeWhatCannotBeRead() {
		this.jdbc.update("""
				delete from api_token where allowed_ips = 'home' or kind = ''
				    or owner_id in (select id from app_user where roles = 'user')
				""");
		this.jdbc.update("delete from app_user where roles = 'user'");
	}

	@Test
	void whoHasWaitedInVainIsAskedToComeBack() {
		Throwable failure = catchThrowable(() -> this.loader.load(TokenDigest.of("three")));
		assertThat(failure).hasMessage("Too many are waiting for the database");
		assertThat(DatabaseOutage.isCauseOf(failure)).isTrue();
	}

	@Test
	void allWhoComeForOneTokenAtOnceAreOneQuery() {
		IssuedToken token = this.people.token(this.people.user(), "user:read");
		Set<Thread> waiting = ConcurrentHashMap.newKeySet();
		List<CompletableFuture<LoadedToken>> loads = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
			waiting.add(Thread.currentThread());
			return this.loader.load(TokenDigest.of(token.raw()));
		}, TokenLoaderTests::start)).limit(200).toList();
		await().until(() -> waiting.size() == 200
				&& waiting.stream().allMatch((thread) -> thread.getState() == Thread.State.TIMED_WAITING));
		this.queries.release(3);
		assertThat(loads).allSatisfy((load) -> assertThat(load.join()).isNotNull());
		assertThat(this.queries.availablePermits()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"update app_user set roles = 'user' where id = (select owner_id from api_token where id = ?)",
			"update api_token set allowed_ips = 'home' where id = ?", "update api_token set kind = '' where id = ?" })
	void aRowThatCannotBeReadFailsThoseAloneWhoAskForIt(String byHand) {
		IssuedToken bad = this.people.token(this.people.user(), "user:read");
		IssuedToken good = this.people.token(this.people.user(), "user:read");
		this.jdbc.update(byHand, bad.details().id());
		CompletableFuture<LoadedToken> badLoad = loadInTheQueue(bad);
		CompletableFuture<LoadedToken> goodLoad = loadInTheQueue(good);
		this.queries.release(3);
		assertThat(goodLoad.join().stored().tokenId()).isEqualTo(good.details().id());
		assertThatThrownBy(badLoad::join).isInstanceOf(CompletionException.class)
			.hasMessageContaining(bad.details().id().toString());
	}

	private CompletableFuture<LoadedToken> loadInTheQueue(IssuedToken token) {
		CompletableFuture<Thread> waiting = new CompletableFuture<>();
		CompletableFuture<LoadedToken> load = CompletableFuture.supplyAsync(() -> {
			waiting.complete(Thread.currentThread());
			return this.loader.load(TokenDigest.of(token.raw()));
		}, TokenLoaderTests::start);
		await().until(() -> waiting.join().getState() == Thread.State.TIMED_WAITING);
		return load;
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work);
		thread.setDaemon(true);
		thread.start();
	}

}
