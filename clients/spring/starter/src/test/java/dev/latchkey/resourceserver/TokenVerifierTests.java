package dev.latchkey.resourceserver;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each line of the protocol about questions, and about what is kept of their answers.
 */
class TokenVerifierTests {

	private static final String TOKEN = TestTokens.raw(1);

	private static final String HERE = "192.0.2.1";

	private final TestClocks clocks = new TestClocks();

	private final Belief belief = new Belief(this.clocks, Duration.ofSeconds(2));

	private final AtomicInteger asked = new AtomicInteger();

	private final List<String> addresses = new ArrayList<>();

	private final Deque<Runnable> renewals = new ArrayDeque<>();

	private long beats = 1_000;

	private Questions questions = (token, address, patience) -> TestTokens.active(7);

	private Belief.Connection stream;

	private final TokenVerifier verifier = verifier(null, false);

	@Test
	void whatIsKeptNeedsNoQuestion() throws Exception {
		follow();
		for (int i = 0; i < 10; i++) {
			assertThat(accepted()).isTrue();
		}
		assertThat(this.asked).hasValue(1);
		assertThat(this.verifier.state().remembered()).isEqualTo(9);
	}

	@Test
	void withoutAStreamEachUseIsAskedAbout() {
		assertThat(accepted()).isTrue();
		assertThat(accepted()).isTrue();
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void aWrongFormIsRefusedWithoutAQuestion() throws Exception {
		follow();
		assertThat(this.verifier.verify(TOKEN + "x", HERE)).isEqualTo(new Verdict.Refused());
		assertThat(this.asked).hasValue(0);
		assertThat(verifier(null, true).verify("eyJhbGciOiJub25lIn0.e30.", HERE)).isInstanceOf(Verdict.Accepted.class);
	}

	@Test
	void aMarkBetweenNoteAndAnswerWins() throws Exception {
		follow();
		this.questions = (token, address, patience) -> {
			mark(7);
			return TestTokens.active(7);
		};
		assertThat(accepted()).isTrue();
		this.questions = (token, address, patience) -> new Answer.Inactive();
		assertThat(accepted()).isFalse();
	}

	@Test
	void aRefusalIsNeverKept() throws Exception {
		follow();
		this.questions = (token, address, patience) -> new Answer.Inactive();
		assertThat(accepted()).isFalse();
		assertThat(accepted()).isFalse();
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void whatNobodyKnowsIsNoRefusal() throws Exception {
		follow();
		this.questions = (token, address, patience) -> new Answer.Unknown(Duration.ofSeconds(4));
		assertThat(this.verifier.verify(TOKEN, HERE)).isEqualTo(new Verdict.Undecided(Duration.ofSeconds(4)));
		assertThat(this.verifier.isAble()).isTrue();
		this.clocks.pass(10_000);
		assertThat(this.verifier.isAble()).isFalse();
	}

	@Test
	void anAnswerForOneAddressHoldsThereAlone() throws Exception {
		follow();
		this.questions = (token, address, patience) -> new Answer.Active(TestTokens.token(),
				TestTokens.terms("r", 60, 7), true, null);
		accepted();
		accepted();
		assertThat(this.asked).hasValue(1);
		this.verifier.verify(TOKEN, "192.0.2.2");
		assertThat(this.asked).hasValue(2);
		assertThat(this.addresses).containsExactly(HERE, "192.0.2.2");
	}

	@Test
	void fromNowhereABoundTokenIsNotGood() throws Exception {
		follow();
		this.questions = (token, address, patience) -> new Answer.Active(TestTokens.token(),
				TestTokens.terms("r", 60, 7), true, null);
		assertThat(this.verifier.verify(TOKEN, null)).isEqualTo(new Verdict.Refused());
	}

	@Test
	void aTokenForAnotherServiceIsNotGood() {
		TokenVerifier parcels = verifier("https://parcels.example", false);
		assertThat(parcels.verify(TOKEN, HERE)).isEqualTo(new Verdict.Refused());
		this.questions = (token, address, patience) -> new Answer.Active(
				new VerifiedToken("owner", null, Set.of(), null, null, List.of("https://parcels.example"), null, null),
				null, false, null);
		assertThat(parcels.verify(TOKEN, HERE)).isInstanceOf(Verdict.Accepted.class);
	}

	@Test
	void aLimitIsCountedHere() throws Exception {
		follow();
		this.questions = (token, address, patience) -> new Answer.Active(TestTokens.token(),
				TestTokens.terms("r", 600, 7), false, 3L);
		for (int i = 2; i >= 0; i--) {
			assertThat(((Verdict.Accepted) this.verifier.verify(TOKEN, HERE)).limit())
				.isEqualTo(new RateLimit(3, i, 60));
		}
		this.clocks.pass(500);
		beat(500);
		assertThat(this.verifier.verify(TOKEN, HERE)).isEqualTo(new Verdict.Limited(new RateLimit(3, 0, 60)));
		this.clocks.pass(59_500);
		beat(59_500);
		assertThat(this.verifier.verify(TOKEN, HERE)).isInstanceOf(Verdict.Accepted.class);
	}

	@Test
	void afterThreeQuartersOneUseAsksAgain() throws Exception {
		follow();
		accepted();
		passWithBeat(44_000);
		accepted();
		assertThat(this.renewals).isEmpty();
		passWithBeat(1_000);
		accepted();
		accepted();
		assertThat(this.renewals).hasSize(1);
		this.renewals.remove().run();
		passWithBeat(30_000);
		accepted();
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void aRenewalThatFailsIsTriedAgain() throws Exception {
		for (Answer failure : List.of(new Answer.Unknown(Duration.ofSeconds(1)),
				new Answer.Limited(new RateLimit(20, 0, 7)))) {
			this.questions = (token, address, patience) -> TestTokens.active(7);
			follow();
			mark(7);
			accepted();
			isTriedAgainAfter(failure);
		}
	}

	private void isTriedAgainAfter(Answer failure) throws Exception {
		passWithBeat(45_000);
		this.questions = (token, address, patience) -> failure;
		accepted();
		this.renewals.remove().run();
		passWithBeat(999);
		assertThat(accepted()).isTrue();
		assertThat(this.renewals).as("%s", failure).isEmpty();
		passWithBeat(1);
		assertThat(accepted()).isTrue();
		assertThat(this.renewals).as("%s", failure).hasSize(1);
		this.renewals.clear();
	}

	@Test
	void aRenewalThatFindsItEndedEndsIt() throws Exception {
		follow();
		accepted();
		passWithBeat(45_000);
		this.questions = (token, address, patience) -> new Answer.Inactive();
		accepted();
		this.renewals.remove().run();
		assertThat(accepted()).isFalse();
	}

	/** As after rows were changed of which nobody tells. */
	@Test
	void aRenewalThatFindsItBoundToOneAddressLetsNobodyElseIn() throws Exception {
		follow();
		assertThat(accepted()).isTrue();
		passWithBeat(46_000);
		this.questions = (token, address, patience) -> HERE.equals(address)
				? new Answer.Active(TestTokens.token(), TestTokens.terms("r", 60, 7), true, null)
				: new Answer.Inactive();
		assertThat(accepted()).isTrue();
		this.renewals.remove().run();
		assertThat(this.verifier.verify(TOKEN, "192.0.2.2")).isEqualTo(new Verdict.Refused());
		assertThat(accepted()).isTrue();
		assertThat(this.asked).hasValue(3);
	}

	@Test
	void sixteenQuestionsAreUnderWayAtOnce() throws Exception {
		know(100, 17);
		Semaphore answers = new Semaphore(0);
		List<Thread> busy = busy(answers, 100, 16);
		try {
			busy.addAll(busy(answers, 116, 1));
			assertThat(this.asked).hasValue(17 + 16);
			assertThat(this.verifier.state().underWay()).isEqualTo(16);
		}
		finally {
			busy.forEach(Thread::interrupt);
		}
	}

	@Test
	void twelveOfThemAreAboutStrangersAndWhoWaitsJoinsOneThatIsNotSent() throws Exception {
		Semaphore answers = new Semaphore(0);
		List<Thread> busy = busy(answers, 100, 12);
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			List<Future<Verdict>> verdicts = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				verdicts.add(threads.submit(() -> this.verifier.verify(TOKEN, HERE)));
			}
			while (this.verifier.state().asked() < 17) {
				Thread.onSpinWait();
			}
			assertThat(this.asked).hasValue(12);
			answers.release(100);
			for (Future<Verdict> verdict : verdicts) {
				assertThat(verdict.get(10, TimeUnit.SECONDS)).isInstanceOf(Verdict.Accepted.class);
			}
			assertThat(this.asked.get()).isBetween(13, 17);
		}
		finally {
			busy.forEach(Thread::interrupt);
			threads.shutdownNow();
		}
	}

	@Test
	void howeverManyStrangersWaitThereIsRoomForWhatIsKnown() throws Exception {
		know(1, 1);
		know(200, 19);
		Semaphore answers = new Semaphore(0);
		List<Thread> busy = busy(answers, 100, 12 + 48);
		try {
			this.questions = (token, address, patience) -> TestTokens.active(7);
			assertThat(accepted()).isTrue();
			isUndecidedAtOnce(190);
			busy.addAll(busy(answers, 200, 4 + 15));
			this.questions = (token, address, patience) -> TestTokens.active(7);
			Thread last = new Thread(() -> this.verifier.verify(TOKEN, HERE), "last");
			mark(7);
			last.start();
			busy.add(last);
			untilItWaits(last);
			isUndecidedAtOnce(218);
			answers.release(1_000);
			last.join(10_000);
			assertThat(accepted()).isTrue();
		}
		finally {
			busy.forEach(Thread::interrupt);
		}
	}

	@Test
	void whatHasBecomeKnownMeanwhileDoesNotWaitWithStrangers() throws Exception {
		follow();
		Semaphore first = new Semaphore(0);
		Semaphore answers = new Semaphore(0);
		List<Thread> busy = busy(first, 1, 1);
		try {
			busy.addAll(busy(answers, 100, 11 + 1));
			busy.addAll(busy(answers, 1, 1));
			first.release();
			busy.get(0).join(10_000);
			while (this.asked.get() < 13) {
				Thread.onSpinWait();
			}
			mark(7);
			this.questions = (token, address, patience) -> TestTokens.active(7);
			assertThat(accepted()).isTrue();
		}
		finally {
			busy.forEach(Thread::interrupt);
		}
	}

	/** Something is kept of each that is not believed any more. */
	private void know(int first, int number) throws UnreadableAnswerException {
		follow();
		this.questions = (token, address, patience) -> TestTokens.active(7);
		for (int i = 0; i < number; i++) {
			this.verifier.verify(TestTokens.raw(first + i), HERE);
		}
		mark(7);
	}

	@Test
	void patienceEndsWhileAllAreUnderWay() throws Exception {
		Semaphore answers = new Semaphore(0);
		this.questions = (token, address, patience) -> {
			answers.acquire();
			return TestTokens.active(7);
		};
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			for (int i = 0; i < 12; i++) {
				String token = TestTokens.raw(100 + i);
				threads.submit(() -> this.verifier.verify(token, HERE));
			}
			while (this.asked.get() < 12) {
				Thread.onSpinWait();
			}
			this.questions = (token, address, patience) -> TestTokens.active(7);
			long begin = System.nanoTime();
			assertThat(this.verifier.verify(TOKEN, HERE)).isInstanceOf(Verdict.Undecided.class);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(1_900),
					Duration.ofSeconds(10));
			assertThat(this.asked).hasValue(12);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void anAnswerThatIsReadTooLateLetsNobodyIn() throws Exception {
		this.questions = (token, address, patience) -> later(() -> this.clocks.pass(2_000));
		assertThat(accepted()).isTrue();
		this.questions = (token, address, patience) -> later(() -> this.clocks.pass(2_001));
		assertThat(this.verifier.verify(TOKEN, HERE)).isInstanceOf(Verdict.Undecided.class);
		this.questions = (token, address, patience) -> later(() -> this.clocks.sleep(3_001));
		assertThat(this.verifier.verify(TOKEN, HERE)).isInstanceOf(Verdict.Undecided.class);
		this.questions = (token, address, patience) -> {
			this.clocks.pass(2_001);
			return new Answer.Inactive();
		};
		assertThat(this.verifier.verify(TOKEN, HERE)).isEqualTo(new Verdict.Refused());
	}

	@Test
	void noneOfThoseWhoWaitForItIsLetInByALateAnswer() throws Exception {
		Semaphore answers = new Semaphore(0);
		List<Thread> busy = busy(answers, 100, 12);
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			List<Future<Verdict>> verdicts = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				verdicts.add(threads.submit(() -> this.verifier.verify(TOKEN, HERE)));
			}
			while (this.verifier.state().asked() < 14) {
				Thread.onSpinWait();
			}
			this.questions = (token, address, patience) -> later(() -> this.clocks.pass(2_001));
			answers.release(100);
			for (Future<Verdict> verdict : verdicts) {
				assertThat(verdict.get(10, TimeUnit.SECONDS)).isInstanceOf(Verdict.Undecided.class);
			}
		}
		finally {
			busy.forEach(Thread::interrupt);
			threads.shutdownNow();
		}
	}

	@Test
	void whereManyWaitNobodyElseDoes() throws Exception {
		Semaphore answers = new Semaphore(0);
		List<Thread> busy = busy(answers, 100, 12 + 48);
		this.questions = (token, address, patience) -> TestTokens.active(7);
		try {
			isUndecidedAtOnce(1);
			isUndecidedAtOnce(159);
			assertThat(this.asked).hasValue(12);
		}
		finally {
			busy.forEach(Thread::interrupt);
		}
	}

	/** Whoever had waited would have waited for longer. */
	private void isUndecidedAtOnce(int token) {
		long begin = System.nanoTime();
		assertThat(this.verifier.verify(TestTokens.raw(token), HERE)).isInstanceOf(Verdict.Undecided.class);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
	}

	/** So many threads that ask about a token each; all that can wait do. */
	private List<Thread> busy(Semaphore answers, int first, int number) {
		this.questions = (token, address, patience) -> {
			answers.acquire();
			return TestTokens.active(7);
		};
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			String token = TestTokens.raw(first + i);
			Thread thread = new Thread(() -> this.verifier.verify(token, HERE), "busy");
			thread.start();
			untilItWaits(thread);
			threads.add(thread);
		}
		return threads;
	}

	private static void untilItWaits(Thread thread) {
		while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
			assertThat(thread.isAlive()).isTrue();
			Thread.onSpinWait();
		}
	}

	private static Answer later(Runnable meanwhile) {
		meanwhile.run();
		return TestTokens.active(7);
	}

	@Test
	void ofTooManyAnswersSomeGo() throws Exception {
		follow();
		for (int i = 0; i < 500; i++) {
			this.verifier.verify(TestTokens.raw(i), HERE);
		}
		assertThat(this.verifier.state().kept()).isLessThanOrEqualTo(100);
	}

	private TokenVerifier verifier(String resource, boolean otherForms) {
		KeptAnswers kept = new KeptAnswers(this.belief, 100);
		Questions counted = (token, address, patience) -> {
			this.asked.incrementAndGet();
			synchronized (this.addresses) {
				this.addresses.add(address);
			}
			return this.questions.ask(token, address, patience);
		};
		return new TokenVerifier(this.clocks, this.belief, kept,
				new Asking(this.clocks, this.belief, kept, counted, resource), this.renewals::add, null, otherForms);
	}

	private void follow() throws UnreadableAnswerException {
		this.stream = this.belief.connect();
		this.stream.hello(this.beats, 0, "r");
		this.stream.beat(this.beats);
	}

	private void mark(int place) {
		try {
			this.stream.mark(new int[] { place });
			beat(0);
		}
		catch (UnreadableAnswerException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void beat(long passed) throws UnreadableAnswerException {
		this.beats += passed;
		assertThat(this.stream.beat(this.beats)).isTrue();
	}

	private void passWithBeat(long milliseconds) throws UnreadableAnswerException {
		this.clocks.pass(milliseconds);
		beat(milliseconds);
	}

	private boolean accepted() {
		return this.verifier.verify(TOKEN, HERE) instanceof Verdict.Accepted;
	}

}
