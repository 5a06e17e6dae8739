package dev.latchkey.resourceserver;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions and the stream, as they go over the wire.
 */
class OverHttpTests {

	private static final String TOKEN = TestTokens.raw(1);

	private static final String ACTIVE = "{\"active\":true,\"sub\":\"owner\",\"scope\":\"orders:read\",\"now\":1,\"places\":[7],\"rules\":\"r\",\"address_bound\":false,\"rate_limit\":null,\"believe_s\":60}";

	private final BlockingQueue<String> questions = new LinkedBlockingQueue<>();

	private ServerStub server;

	private TokenVerifier verifier;

	@BeforeEach
	void start() throws Exception {
		this.server = new ServerStub();
		this.verifier = new TokenVerifier(this.server.settings());
	}

	@AfterEach
	void stop() {
		this.verifier.close();
		this.server.close();
	}

	@Test
	void aQuestionSaysWhoAsksAboutWhatFromWhereAndWantsTheDatabase() throws Exception {
		answering(200, ACTIVE);
		assertThat(this.verifier.verify(TOKEN, "2001:db8::1%eth0")).isInstanceOf(Verdict.Accepted.class);
		assertThat(this.questions.take())
			.isEqualTo("POST Basic cGFyY2VsczphK3NlY3JldA== no-cache token=" + TOKEN + "&client_ip=2001%3Adb8%3A%3A1");
	}

	@Test
	void whereNobodyKnowsTheAddressThatOfTheServiceDoesNotCount() throws Exception {
		answering(200, ACTIVE);
		for (String address : new String[] { null, "", "unknown", "parcels.example", "10.0.0.256", "1:2", "a:b:c:d" }) {
			this.verifier.verify(TOKEN, address);
			assertThat(this.questions.take()).as("%s", address).endsWith("&client_ip=%3A%3A");
		}
		this.verifier.verify(TOKEN, "10.0.0.255");
		assertThat(this.questions.take()).endsWith("&client_ip=10.0.0.255");
	}

	@Test
	void aBodyWithoutAnEndIsNotKept() throws Exception {
		answering(200, ACTIVE + " ".repeat(1 << 21));
		assertThat(this.verifier.verify(TOKEN, null)).isInstanceOf(Verdict.Undecided.class);
		assertThat(this.questions.take()).startsWith("POST");
	}

	@Test
	void whatIsNoAnswerIsNoRefusal() throws Exception {
		for (int status : new int[] { 500, 503, 401, 404, 429, 302 }) {
			this.server.close();
			this.server = new ServerStub();
			answering(status, "{}");
			assertThat(new TokenVerifier(this.server.settings()).verify(TOKEN, null)).as("%d", status)
				.isInstanceOf(Verdict.Undecided.class);
		}
		this.server.close();
		assertThat(new TokenVerifier(this.server.settings()).verify(TOKEN, null)).isInstanceOf(Verdict.Undecided.class);
	}

	@Test
	void anAnswerThatCannotBeReadIsNone() throws Exception {
		for (String body : new String[] { "<html>Sign in</html>", "{\"status\":\"ok\"}" }) {
			this.server.close();
			this.server = new ServerStub();
			answering(200, body);
			assertThat(new TokenVerifier(this.server.settings()).verify(TOKEN, null))
				.isInstanceOf(Verdict.Undecided.class);
		}
	}

	@Test
	void theServersLimitOfTheTokenIsTheTokens() throws Exception {
		this.server.on("/oauth2/introspect", (exchange) -> {
			exchange.getResponseHeaders().set("RateLimit-Policy", "\"token\";q=20;w=60");
			exchange.getResponseHeaders().set("Retry-After", "7");
			ServerStub.answer(exchange, 429, "{\"error\":\"rate_limited\"}");
		});
		assertThat(this.verifier.verify(TOKEN, null)).isEqualTo(new Verdict.Limited(new RateLimit(20, 0, 7)));
	}

	@Test
	void aConnectionThatWasClosedMeanwhileCostsAnotherTry() throws Exception {
		AtomicInteger tries = new AtomicInteger();
		this.server.on("/oauth2/introspect", (exchange) -> {
			if (tries.incrementAndGet() == 1) {
				exchange.getResponseBody().close();
				exchange.close();
				return;
			}
			ServerStub.answer(exchange, 200, ACTIVE);
		});
		assertThat(this.verifier.verify(TOKEN, null)).isInstanceOf(Verdict.Accepted.class);
	}

	@Test
	void whoSaysNothingIsWaitedForTwoSeconds() throws Exception {
		this.server.on("/oauth2/introspect", (exchange) -> this.questions.add("it came"));
		long begin = System.nanoTime();
		assertThat(this.verifier.verify(TOKEN, null)).isInstanceOf(Verdict.Undecided.class);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(1_900),
				Duration.ofSeconds(10));
	}

	@Test
	void theStreamEndsWhatIsKept() throws Exception {
		answering(200, ACTIVE);
		OutputStream stream = following();
		use(2);
		assertThat(this.questions).hasSize(1);
		ServerStub.tell(stream, "mark", "{\"places\":[7]}");
		await(() -> {
			use(1);
			return this.questions.size() == 2;
		});
		ServerStub.tell(stream, "later", "{}");
		ServerStub.tell(stream, "mark", "{\"places\":\"*\"}");
		await(() -> {
			use(1);
			return this.questions.size() == 3;
		});
	}

	@Test
	void aStreamThatEndsIsFollowedByAnotherAtOnce() throws Exception {
		answering(200, ACTIVE);
		OutputStream stream = following();
		use(1);
		long begin = System.nanoTime();
		stream.close();
		OutputStream next = this.server.stream();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
		ServerStub.tell(next, "hello", "{\"now\":5000,\"since\":1000,\"rules\":\"r\"}");
		use(1);
		assertThat(this.questions).hasSize(1);
	}

	@Test
	void aStreamWithoutAByteIsLeft() throws Exception {
		following();
		long begin = System.nanoTime();
		this.server.stream();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(2_500),
				Duration.ofSeconds(8));
		assertThat(this.verifier.state().isFollowing()).isFalse();
	}

	@Test
	void aStreamIsLeftWhereTheWallClockWasSet() throws Exception {
		this.server.follows();
		TestClocks clocks = new TestClocks();
		Belief belief = new Belief(clocks, Duration.ofSeconds(2));
		ChangeFollower follower = new ChangeFollower(TokenVerifier.client(), this.server.settings(), belief);
		follower.start();
		OutputStream stream = this.server.stream();
		ServerStub.tell(stream, "hello", "{\"now\":100000,\"since\":1000,\"rules\":\"r\"}");
		ServerStub.tell(stream, "beat", "{\"proven\":100000}");
		await(() -> belief.age() != null);
		clocks.setWall(-3_600_000);
		long begin = System.nanoTime();
		ServerStub.tell(stream, "beat", "{\"proven\":100000}");
		this.server.stream();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2_500));
		follower.close();
	}

	@Test
	void afterAStreamThatWasRefusedThereIsAPause() throws Exception {
		BlockingQueue<Long> tries = new LinkedBlockingQueue<>();
		this.server.on("/changes", (exchange) -> {
			tries.add(System.nanoTime());
			ServerStub.answer(exchange, 503, "{}");
		});
		this.verifier.start();
		long first = tries.take();
		assertThat(Duration.ofNanos(tries.take() - first)).isBetween(Duration.ofMillis(100), Duration.ofSeconds(8));
	}

	@Test
	void thePauseIsBetweenATenthOfASecondAndFive() {
		LongSummaryStatistics pauses = LongStream.generate(ChangeFollower::pause).limit(10_000).summaryStatistics();
		assertThat(pauses.getMin()).isBetween(100L, 150L);
		assertThat(pauses.getMax()).isBetween(4_950L, 5_000L);
	}

	/**
	 * A flood of tokens of good form about which nobody answers, for longer than anything
	 * that is kept is believed.
	 */
	@Test
	void whatIsKnownIsAskedAboutWhileStrangersFlood() throws Exception {
		CountDownLatch over = new CountDownLatch(1);
		this.server.on("/oauth2/introspect", (exchange) -> {
			String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			if (!form.contains(TOKEN)) {
				waitFor(over);
			}
			this.questions.add(form);
			ServerStub.answer(exchange, 200, ACTIVE.replace("60}", "1}"));
		});
		ExecutorService strangers = Executors.newCachedThreadPool();
		try {
			OutputStream stream = following();
			long begin = System.nanoTime();
			use(1);
			AtomicInteger number = new AtomicInteger(100);
			await(() -> {
				flood(strangers, number);
				long passed = Duration.ofNanos(System.nanoTime() - begin).toMillis();
				tell(stream, "beat", "{\"proven\":%d}".formatted(100_000 + passed));
				use(1);
				return passed > 4_000;
			});
			assertThat(this.questions).hasSizeBetween(4, 12);
			tell(stream, "mark", "{\"places\":[7]}");
			int before = this.questions.size();
			await(() -> {
				flood(strangers, number);
				use(1);
				return this.questions.size() > before;
			});
		}
		finally {
			over.countDown();
			strangers.shutdownNow();
		}
	}

	/** Until some of them are told that too many wait already. */
	private void flood(ExecutorService strangers, AtomicInteger number) {
		long before = this.verifier.state().undecided();
		for (int i = 0; i < 100; i++) {
			String token = TestTokens.raw(number.getAndIncrement());
			strangers.execute(() -> this.verifier.verify(token, null));
		}
		await(() -> this.verifier.state().undecided() >= before + 20);
	}

	private static void tell(OutputStream stream, String name, String data) {
		try {
			ServerStub.tell(stream, name, data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void waitFor(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void whatCannotBeReadEndsTheStream() throws Exception {
		OutputStream stream = following();
		ServerStub.tell(stream, "mark", "{\"places\":\"all\"}");
		this.server.stream();
	}

	@Test
	void whateverGoesWrongTheNextStreamIsTried() throws Exception {
		this.server.follows();
		AtomicInteger tries = new AtomicInteger();
		Belief belief = new Belief(Clocks.SYSTEM, Duration.ofSeconds(2)) {

			@Override
			Connection connect() {
				if (tries.incrementAndGet() == 1) {
					throw new IllegalStateException("Something that nobody has thought of");
				}
				return super.connect();
			}

		};
		ChangeFollower follower = new ChangeFollower(TokenVerifier.client(), this.server.settings(), belief);
		follower.start();
		this.server.stream();
		follower.close();
		assertThat(tries).hasValueGreaterThan(1);
	}

	private OutputStream following() throws Exception {
		this.server.follows();
		this.verifier.start();
		OutputStream stream = this.server.stream();
		ServerStub.tell(stream, "hello", "{\"now\":100000,\"since\":1000,\"rules\":\"r\"}");
		ServerStub.tell(stream, "beat", "{\"proven\":100000}");
		await(() -> this.verifier.state().isFollowing());
		return stream;
	}

	private void use(int times) {
		for (int i = 0; i < times; i++) {
			assertThat(this.verifier.verify(TOKEN, null)).isInstanceOf(Verdict.Accepted.class);
		}
	}

	private void answering(int status, String body) {
		this.server.on("/oauth2/introspect", (exchange) -> {
			this.questions.add("%s %s %s %s".formatted(exchange.getRequestMethod(),
					exchange.getRequestHeaders().getFirst("Authorization"),
					exchange.getRequestHeaders().getFirst("Cache-Control"),
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
			ServerStub.answer(exchange, status, body);
		});
	}

	private static void await(BooleanSupplier condition) {
		org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(10)).until(condition::getAsBoolean);
	}

}
