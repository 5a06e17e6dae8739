package dev.latchkey.resourceserver;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Asks about tokens of which nothing is believed: so many questions at once, with so much
 * patience. Who comes while a question about the same token is not sent yet waits for its
 * answer; one that is sent may have been read before he came. An answer that comes late
 * by either clock, as where the process was stopped meanwhile, says nothing. Tokens of
 * which nothing is kept, which anybody may make up, have a part of the room alone.
 */
class Asking {

	private static final int AT_ONCE = 16;

	private static final int STRANGERS_AT_ONCE = 12;

	/** As long as threads wait, they serve nobody, not even those who need no token. */
	private static final int WAITING = 64;

	private static final int STRANGERS_WAITING = 48;

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	/** By the wall clock, which is set now and then. */
	private static final long LATEST_BY_WALL = PATIENCE.toMillis() + 1_000;

	private static final Answer NOBODY_KNOWS = new Answer.Unknown(Duration.ofSeconds(1));

	private final ConcurrentMap<Subject, CompletableFuture<Asked>> unsent = new ConcurrentHashMap<>();

	private final Room underWay = new Room(AT_ONCE, STRANGERS_AT_ONCE);

	private final Room waiting = new Room(WAITING, STRANGERS_WAITING);

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
		Question question = new Question(token, raw, address, !this.kept.knows(token, address),
				System.nanoTime() + PATIENCE.toNanos());
		CompletableFuture<Asked> mine = new CompletableFuture<>();
		CompletableFuture<Asked> others = this.unsent.putIfAbsent(question.subject(), mine);
		try {
			return inTime((others != null) ? join(others, question) : lead(mine, question));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return NOBODY_KNOWS;
		}
		catch (ExecutionException | TimeoutException ex) {
			return NOBODY_KNOWS;
		}
	}

	private Asked join(CompletableFuture<Asked> others, Question question)
			throws InterruptedException, ExecutionException, TimeoutException {
		if (!this.waiting.enter(question.ofStranger(), 0)) {
			return nothing();
		}
		try {
			return others.get(question.left(), TimeUnit.NANOSECONDS);
		}
		finally {
			this.waiting.leave(question.ofStranger());
		}
	}

	private Asked lead(CompletableFuture<Asked> mine, Question question) throws InterruptedException {
		Asked asked = nothing();
		try {
			asked = inTurn(question);
		}
		finally {
			this.unsent.remove(question.subject(), mine);
			mine.complete(asked);
		}
		return asked;
	}

	private Asked inTurn(Question question) throws InterruptedException {
		if (!isTurn(question)) {
			return nothing();
		}
		try {
			// Who comes from here on asks for himself.
			this.unsent.remove(question.subject());
			return send(question);
		}
		finally {
			this.underWay.leave(question.ofStranger());
		}
	}

	/** Waits for it, where not too many do. */
	private boolean isTurn(Question question) throws InterruptedException {
		if (this.underWay.enter(question.ofStranger(), 0)) {
			return true;
		}
		if (!this.waiting.enter(question.ofStranger(), 0)) {
			return false;
		}
		try {
			return this.underWay.enter(question.ofStranger(), question.left());
		}
		finally {
			this.waiting.leave(question.ofStranger());
		}
	}

	private Asked send(Question question) throws InterruptedException {
		TokenKey token = question.token();
		String address = question.address();
		long noted = this.belief.moment();
		long nanos = this.clocks.nanos();
		long millis = this.clocks.millis();
		Answer answer = this.questions.ask(question.raw(), address, Duration.ofNanos(question.left()));
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
		return this.underWay.taken();
	}

	/**
	 * What is asked, and until when it is waited for.
	 *
	 * @param token the token
	 * @param raw the token as it was presented
	 * @param address from where, or null
	 * @param ofStranger whether nothing is kept of it
	 * @param end when patience ends
	 */
	private record Question(TokenKey token, String raw, @Nullable String address, boolean ofStranger, long end) {

		Subject subject() {
			return new Subject((this.address != null) ? this.token.at(this.address) : this.token, this.ofStranger);
		}

		/** Returns how many nanoseconds there are yet. */
		long left() {
			return Math.max(0, this.end - System.nanoTime());
		}

		/** Without the token. */
		@Override
		public String toString() {
			return "Question[%s]".formatted(subject());
		}

	}

	/**
	 * The same for those who want to know the same. What has become known meanwhile does
	 * not wait with strangers.
	 *
	 * @param token the token, with the address if that is known
	 * @param ofStranger whether nothing is kept of it
	 */
	private record Subject(TokenKey token, boolean ofStranger) {

	}

	/**
	 * An answer, and the time before its question by both clocks.
	 */
	private record Asked(Answer answer, long nanos, long millis) {

	}

}
