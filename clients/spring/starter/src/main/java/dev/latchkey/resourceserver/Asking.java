package dev.latchkey.resourceserver;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Asks about tokens of which nothing is believed: so many questions at once, with so much
 * patience. Who comes while a question about the same token is not sent yet waits for its
 * answer; one that is sent may have been read before he came. An answer that comes late
 * by either clock, as where the process was stopped meanwhile, says nothing.
 */
class Asking {

	private static final int AT_ONCE = 16;

	/** As long as threads wait, they serve nobody, not even those who need no token. */
	private static final int WAITING = 64;

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	/** By the wall clock, which is set now and then. */
	private static final long LATEST_BY_WALL = PATIENCE.toMillis() + 1_000;

	private static final Answer NOBODY_KNOWS = new Answer.Unknown(Duration.ofSeconds(1));

	private final ConcurrentMap<TokenKey, CompletableFuture<Asked>> unsent = new ConcurrentHashMap<>();

	private final Semaphore free = new Semaphore(AT_ONCE, true);

	private final Semaphore places = new Semaphore(WAITING);

	private final Clocks clocks;

	private final Belief belief;

	private final KeptAnswers kept;

	private final Questions questions;

	private final @Nullable String resource;

	Asking(Clocks clocks, Belief belief, KeptAnswers kept, Questions questions, @Nullable String resource) {
		this.clocks = clocks;
		this.belief = belief;
		this.kept = kept;
		this.questions = questions;
		this.resource = resource;
	}

	/**
	 * Asks, and keeps the answer where it may be kept. Who is interrupted learns nothing.
	 */
	Answer ask(TokenKey token, String raw, @Nullable String address) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		TokenKey subject = (address != null) ? token.at(address) : token;
		CompletableFuture<Asked> mine = new CompletableFuture<>();
		CompletableFuture<Asked> others = this.unsent.putIfAbsent(subject, mine);
		try {
			return inTime((others != null) ? join(others, end) : lead(mine, token, subject, raw, address, end));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return NOBODY_KNOWS;
		}
		catch (ExecutionException | TimeoutException ex) {
			return NOBODY_KNOWS;
		}
	}

	private Asked join(CompletableFuture<Asked> others, long end)
			throws InterruptedException, ExecutionException, TimeoutException {
		if (!this.places.tryAcquire()) {
			return nothing();
		}
		try {
			return others.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		finally {
			this.places.release();
		}
	}

	private Asked lead(CompletableFuture<Asked> mine, TokenKey token, TokenKey subject, String raw,
			@Nullable String address, long end) throws InterruptedException {
		Asked asked = nothing();
		try {
			asked = inTurn(token, subject, raw, address, end);
		}
		finally {
			this.unsent.remove(subject, mine);
			mine.complete(asked);
		}
		return asked;
	}

	private Asked inTurn(TokenKey token, TokenKey subject, String raw, @Nullable String address, long end)
			throws InterruptedException {
		if (!isTurn(end)) {
			return nothing();
		}
		try {
			// Who comes from here on asks for himself.
			this.unsent.remove(subject);
			return send(token, raw, address, end);
		}
		finally {
			this.free.release();
		}
	}

	/** Waits for it, where not too many do. */
	private boolean isTurn(long end) throws InterruptedException {
		// The one without a time would go before those who wait.
		if (this.free.tryAcquire(0, TimeUnit.NANOSECONDS)) {
			return true;
		}
		if (!this.places.tryAcquire()) {
			return false;
		}
		try {
			return this.free.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		finally {
			this.places.release();
		}
	}

	private Asked send(TokenKey token, String raw, @Nullable String address, long end) throws InterruptedException {
		long noted = this.belief.moment();
		long nanos = this.clocks.nanos();
		long millis = this.clocks.millis();
		Answer answer = this.questions.ask(raw, address, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
		if (!(answer instanceof Answer.Active active)) {
			if (answer instanceof Answer.Inactive) {
				this.kept.forget(token, address);
			}
			return new Asked(answer, nanos, millis);
		}
		// From an address that nobody knows, a token that is bound to some is not good.
		if (!active.isFor(this.resource) || (active.addressBound() && address == null)) {
			this.kept.forget(token, address);
			return new Asked(new Answer.Inactive(), nanos, millis);
		}
		keep(token, active, address, noted, nanos, millis);
		return new Asked(active, nanos, millis);
	}

	private Asked nothing() {
		return new Asked(NOBODY_KNOWS, this.clocks.nanos(), this.clocks.millis());
	}

	/** Looks at the clocks last, whoever has asked. */
	private Answer inTime(Asked asked) {
		boolean late = this.clocks.nanos() - asked.nanos() > PATIENCE.toNanos()
				|| this.clocks.millis() - asked.millis() > LATEST_BY_WALL;
		return (late && asked.answer() instanceof Answer.Active) ? NOBODY_KNOWS : asked.answer();
	}

	void keep(TokenKey token, Answer.Active answer, @Nullable String address, long noted, long nanos, long millis) {
		TokenKey key = token;
		if (answer.addressBound() && address != null) {
			// Where else it is good, nobody knows any more.
			this.kept.forget(token, null);
			key = token.at(address);
		}
		if (answer.terms() != null) {
			this.kept.keep(key, new KeptAnswer(answer, answer.terms(), noted, nanos, millis));
		}
	}

	/** Returns how many questions are under way. */
	int underWay() {
		return AT_ONCE - this.free.availablePermits();
	}

	/**
	 * An answer, and the time before its question by both clocks.
	 */
	private record Asked(Answer answer, long nanos, long millis) {

	}

}
