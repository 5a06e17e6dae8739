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
 * answer; one that is sent may have been read before he came.
 */
class Asking {

	private static final int AT_ONCE = 16;

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Answer NOBODY_KNOWS = new Answer.Unknown(Duration.ofSeconds(1));

	private final ConcurrentMap<TokenKey, CompletableFuture<Answer>> unsent = new ConcurrentHashMap<>();

	private final Semaphore free = new Semaphore(AT_ONCE, true);

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
		CompletableFuture<Answer> mine = new CompletableFuture<>();
		CompletableFuture<Answer> others = this.unsent.putIfAbsent(subject, mine);
		try {
			if (others != null) {
				return others.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
			}
			Answer answer = NOBODY_KNOWS;
			try {
				answer = inTurn(token, subject, raw, address, end);
			}
			finally {
				this.unsent.remove(subject, mine);
				mine.complete(answer);
			}
			return answer;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return NOBODY_KNOWS;
		}
		catch (ExecutionException | TimeoutException ex) {
			return NOBODY_KNOWS;
		}
	}

	private Answer inTurn(TokenKey token, TokenKey subject, String raw, @Nullable String address, long end)
			throws InterruptedException {
		if (!this.free.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
			return NOBODY_KNOWS;
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

	private Answer send(TokenKey token, String raw, @Nullable String address, long end) throws InterruptedException {
		long noted = this.belief.moment();
		long nanos = this.clocks.nanos();
		long millis = this.clocks.millis();
		Answer answer = this.questions.ask(raw, address, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
		if (!(answer instanceof Answer.Active active)) {
			if (answer instanceof Answer.Inactive) {
				this.kept.forget(token, address);
			}
			return answer;
		}
		// From an address that nobody knows, a token that is bound to some is not good.
		if (!active.isFor(this.resource) || (active.addressBound() && address == null)) {
			return new Answer.Inactive();
		}
		keep(token, active, address, noted, nanos, millis);
		return active;
	}

	void keep(TokenKey token, Answer.Active answer, @Nullable String address, long noted, long nanos, long millis) {
		if (answer.terms() != null) {
			this.kept.keep((answer.addressBound() && address != null) ? token.at(address) : token,
					new KeptAnswer(answer, answer.terms(), noted, nanos, millis));
		}
	}

	/** Returns how many questions are under way. */
	int underWay() {
		return AT_ONCE - this.free.availablePermits();
	}

}
