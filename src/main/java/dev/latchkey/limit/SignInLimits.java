package dev.latchkey.limit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import dev.latchkey.limit.SignInStore.Count;
import dev.latchkey.limit.SignInStore.Standing;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.problem.UnavailableException;

import org.springframework.stereotype.Component;

/**
 * Says whether an account's password may be tried now. Failures alone count: of an
 * account from one network, and of an account from all networks that it has not signed in
 * from of late. Whether there is such an account makes no difference.
 * <p>
 * An attempt is noted before its password is compared, so that many at once are no more
 * tries than one after another. What finds no room because others are not decided yet
 * waits for them: they may be good.
 */
@Component
public class SignInLimits {

	private static final String BUSY = "Too many sign-ins are under way. Try again in a moment.";

	/** So many requests may wait for others; each keeps a thread. */
	private static final int WAITING = 50;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/** How long until a look at what other nodes have decided. */
	private static final Duration GLANCE = Duration.ofMillis(100);

	private final SignInStore store;

	private final LimitProperties properties;

	private final LongAdder exceeded = new LongAdder();

	private final Semaphore places = new Semaphore(WAITING);

	/** Opens when an attempt on this node is decided. */
	private final AtomicReference<CountDownLatch> next = new AtomicReference<>(new CountDownLatch(1));

	SignInLimits(SignInStore store, LimitProperties properties) {
		this.store = store;
		this.properties = properties;
	}

	/**
	 * Begins an attempt, which has to be closed. No transaction may be open.
	 * @param address what all forms of the account's address have in common
	 * @throws TooManyException if too many have failed
	 * @throws UnavailableException if it cannot be known in time whether they have
	 */
	public SignInAttempt begin(String address) {
		SignInKeys keys = SignInKeys.of(address, ClientNetwork.current());
		if (!this.properties.enabled()) {
			return new SignInAttempt(this, keys, List.of());
		}
		return tried(keys).orElseGet(() -> waited(keys));
	}

	long exceeded() {
		return this.exceeded.sum();
	}

	private SignInAttempt waited(SignInKeys keys) {
		if (!this.places.tryAcquire()) {
			throw new UnavailableException(BUSY);
		}
		try {
			long begin = System.nanoTime();
			while (System.nanoTime() - begin < PATIENCE.toNanos()) {
				CountDownLatch decided = Objects.requireNonNull(this.next.get());
				Optional<SignInAttempt> attempt = tried(keys);
				if (attempt.isPresent()) {
					return attempt.get();
				}
				decided.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.places.release();
		}
		throw new UnavailableException(BUSY);
	}

	private Optional<SignInAttempt> tried(SignInKeys keys) {
		Standing standing = this.store.standing(keys);
		List<Count> counts = counts(keys, standing.known());
		Duration wait = standing.wait(counts);
		if (wait.compareTo(Duration.ZERO) > 0) {
			this.exceeded.increment();
			throw new TooManyException("Too many sign-ins have failed", wait);
		}
		return this.store.begin(counts) ? Optional.of(new SignInAttempt(this, keys, counts)) : Optional.empty();
	}

	/** The account's own comes first, wherever both are taken. */
	private List<Count> counts(SignInKeys keys, boolean known) {
		Count account = new Count(keys.account(), this.properties.signInElsewhere());
		String pair = keys.pair();
		if (pair == null) {
			return List.of(account);
		}
		Count here = new Count(pair, this.properties.signIn());
		return known ? List.of(here) : List.of(account, here);
	}

	void failed(List<Count> counts) {
		settle(() -> this.store.failed(counts));
	}

	void succeeded(SignInKeys keys, List<Count> counts, Runnable elsewhere) {
		settle(() -> this.store.succeeded(keys, counts, elsewhere));
	}

	void withdrawn(List<Count> counts) {
		settle(() -> this.store.withdrawn(counts));
	}

	private void settle(Runnable settling) {
		try {
			settling.run();
		}
		finally {
			Objects.requireNonNull(this.next.getAndSet(new CountDownLatch(1))).countDown();
		}
	}

}
