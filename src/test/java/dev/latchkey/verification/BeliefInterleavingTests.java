package dev.latchkey.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentToken;
import dev.latchkey.caller.User;
import dev.latchkey.limit.TokenAllowance;
import dev.latchkey.net.Networks;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenTimes;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Nothing is believed after its change was answered, whatever order the steps of threads
 * come in. Lincheck steers the threads where they meet in {@link Invalidations}; around
 * the loader and the cache, a change is put between each two of their steps.
 */
class BeliefInterleavingTests {

	private static final int ORDERS = 100;

	private static final UUID TOKEN = new UUID(1, 1);

	private static final UUID OWNER = new UUID(2, 2);

	private static final TokenDigest DIGEST = TokenDigest.of("token");

	private static final CacheProperties SETTINGS = new CacheProperties(true, 100, Duration.ofSeconds(2),
			Duration.ofMinutes(1), null);

	private static final List<StoredToken> VERSIONS = Stream.of(0, 1, 2).map(BeliefInterleavingTests::stored).toList();

	@Test
	void whatIsLoadedWhileItChangesTwiceIsNotBelievedLater() {
		Lincheck.runConcurrentTest(ORDERS, () -> {
			Node node = new Node(new Invalidations());
			inTurns(node::change, node::change, node::loadAndKeep);
			node.checkWhatIsKept();
		});
	}

	/** What was looked up once is not looked up again, and must not be missed for it. */
	@Test
	void whatIsLookedAtWhileItChangesIsNotBelievedLater() {
		Lincheck.runConcurrentTest(ORDERS, () -> {
			Invalidations invalidations = new Invalidations();
			LoadedToken loaded = new LoadedToken(VERSIONS.get(0), invalidations.moment(), 0);
			inTurns(() -> invalidations.mark(OWNER), () -> invalidations.haveReached(loaded));
			if (!invalidations.haveReached(loaded)) {
				throw new AssertionError("The change was missed");
			}
		});
	}

	@Test
	void aChangeAtAnyStepOfALoadIsSeenOrNotBelievedLater() {
		int steps = atEachStep((step) -> {
			Node node = new SteppedNode(step);
			step.brings(node::change);
			node.loadByLoader();
			node.checkWhatIsKept();
		});
		assertThat(steps).isEqualTo(4);
	}

	@Test
	void whoComesWhileQueriesAreUnderWayGetsNothingOlderThanWhatWasAnsweredBefore() {
		Semaphore underWay = new Semaphore(0);
		Semaphore ended = new Semaphore(0);
		Node node = new Node(new Invalidations()) {

			@Override
			void afterReading() {
				underWay.release();
				ended.acquireUninterruptibly();
			}

		};
		// One after the other, or the first would ask for the second, too.
		Thread[] first = started(node::load);
		underWay.acquireUninterruptibly();
		Thread[] second = started(node::load);
		underWay.acquireUninterruptibly();
		node.change();
		Thread[] late = started(node::loadByLoader);
		await().until(() -> late[0].getState() == Thread.State.TIMED_WAITING);
		ended.release(3);
		joinAll(first);
		joinAll(second);
		joinAll(late);
		node.checkWhatIsKept();
		assertThat(version(node.kept)).isEqualTo(1);
	}

	/** Without a proof before, what was committed by then counts. */
	@Test
	void aProofAtAnyStepOfALookIntoTheCacheStandsForTheChangesHeardBeforeIt() {
		int steps = atEachStep((step) -> {
			Node node = new SteppedNode(step);
			ListenerPulse pulse = new ListenerPulse(SETTINGS) {

				@Override
				boolean isFreshAt(long now) {
					step.pass();
					return super.isFreshAt(now);
				}

			};
			VerifiedTokenCache cache = new VerifiedTokenCache(SETTINGS, pulse, node.invalidations);
			cache.put(DIGEST, node.load());
			step.brings(() -> {
				node.change();
				pulse.proven(System.nanoTime());
			});
			assertThat(cache.find(DIGEST)).isNull();
		});
		assertThat(steps).isEqualTo(1);
	}

	/** Returns at how many steps that was. */
	private static int atEachStep(Consumer<Step> scenario) {
		for (int steps = 0;; steps++) {
			Step step = new Step(steps);
			scenario.accept(step);
			if (!step.happened) {
				return steps;
			}
		}
	}

	private static void inTurns(Runnable... parts) {
		joinAll(started(parts));
	}

	private static Thread[] started(Runnable... parts) {
		Thread[] threads = new Thread[parts.length];
		for (int i = 0; i < parts.length; i++) {
			threads[i] = new Thread(parts[i]);
			threads[i].start();
		}
		return threads;
	}

	private static void joinAll(Thread... threads) {
		for (Thread thread : threads) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private static StoredToken stored(int version) {
		User user = new User(OWNER, "a@example.com", "A", Set.of(Role.USER), true, Instant.EPOCH);
		CurrentToken current = new CurrentToken(TOKEN, "t", null, Scopes.of("user:read"), Resources.OWN, "lkp_…abcd",
				null, false);
		TokenTimes times = new TokenTimes(Instant.EPOCH, null, null, null, null);
		VerifiedToken good = new VerifiedToken(TOKEN, TokenKind.PERSONAL, null,
				new Caller(user, Set.of("user:read"), current), List.of(), times, Networks.ANY, version, null);
		return new StoredToken(good, false, new TokenAllowance(TOKEN, List.of()));
	}

	private static int version(LoadedToken loaded) {
		return loaded.stored().good().rateLimit();
	}

	/** One of the steps of a thread: something else happens just before it. */
	private static final class Step {

		private final int number;

		private int passed;

		private Runnable event = () -> {
		};

		private boolean happened;

		private Step(int number) {
			this.number = number;
		}

		/** Steps count from here on. */
		void brings(Runnable what) {
			this.passed = 0;
			this.happened = false;
			this.event = what;
		}

		void pass() {
			if (this.passed++ == this.number) {
				this.happened = true;
				this.event.run();
			}
		}

	}

	/** A node, and a database whose one row counts its versions. */
	private static class Node {

		private final Invalidations invalidations;

		private final TokenLoader loader;

		private int committed;

		private int answered;

		private volatile LoadedToken kept;

		Node(Invalidations invalidations) {
			this.invalidations = invalidations;
			this.loader = new TokenLoader(new TokenStatement(null, null, null, null) {

				@Override
				Map<TokenDigest, Supplier<StoredToken>> run(List<TokenDigest> digests) {
					beforeReading();
					StoredToken found = VERSIONS.get(read());
					afterReading();
					return Map.of(DIGEST, () -> found);
				}

			}, invalidations);
		}

		void beforeReading() {
		}

		void afterReading() {
		}

		private synchronized int read() {
			return this.committed;
		}

		private synchronized int commit() {
			return ++this.committed;
		}

		private synchronized void answer(int version) {
			this.answered = Math.max(this.answered, version);
		}

		void change() {
			int version = commit();
			this.invalidations.mark(TOKEN);
			answer(version);
		}

		void loadAndKeep() {
			long moment = this.invalidations.moment();
			this.kept = new LoadedToken(VERSIONS.get(read()), moment, System.nanoTime());
		}

		LoadedToken load() {
			return this.loader.load(DIGEST);
		}

		void loadByLoader() {
			this.kept = load();
		}

		void checkWhatIsKept() {
			if (!this.invalidations.haveReached(this.kept) && version(this.kept) < this.answered) {
				throw new AssertionError("What is kept is older than an answered change, and believed");
			}
		}

	}

	/** A node each of whose steps is counted. */
	private static final class SteppedNode extends Node {

		private final Step step;

		SteppedNode(Step step) {
			super(new Invalidations() {

				@Override
				long moment() {
					step.pass();
					return super.moment();
				}

				@Override
				boolean haveReached(LoadedToken loaded) {
					step.pass();
					return super.haveReached(loaded);
				}

			});
			this.step = step;
		}

		@Override
		void beforeReading() {
			this.step.pass();
		}

		@Override
		void afterReading() {
			this.step.pass();
		}

	}

}
