package dev.latchkey.verification;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import dev.latchkey.token.TokenDigest;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Loads tokens from the database. While a query is under way, whoever comes waits
 * together for the next one, as commits of a database wait for the next write to its log:
 * nobody is delayed for it, and the more come at once, the less each costs. At most two
 * queries run at a time, so that a flood of unknown tokens can take neither the pool nor
 * the database from holders of good ones.
 * <p>
 * Nobody joins a query that has begun: it may have looked before a revocation that was
 * answered since. For the same reason the moment is noted before the query
 * ({@link Invalidations}).
 */
@Component
class TokenLoader {

	private static final int QUERIES_AT_ONCE = 2;

	private static final int TOKENS_A_QUERY = 64;

	private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(1900);

	private final TokenStatement statement;

	private final Invalidations invalidations;

	private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();

	private final Semaphore slots = new Semaphore(QUERIES_AT_ONCE);

	TokenLoader(TokenStatement statement, Invalidations invalidations) {
		this.statement = statement;
		this.invalidations = invalidations;
	}

	/**
	 * Returns the token as it is now, or null where there is none.
	 * @throws org.springframework.dao.DataAccessException if the database does not answer
	 */
	@Nullable LoadedToken load(TokenDigest digest) {
		Request own = new Request(digest, Thread.currentThread());
		this.waiting.add(own);
		long deadline = System.nanoTime() + PATIENCE;
		while (!own.done) {
			// Either a slot is free, or whoever holds one looks at the queue after this
			// request was added to it. A request that was taken has nothing to do but
			// wait.
			if (!own.taken && this.slots.tryAcquire()) {
				try {
					loadSome();
				}
				finally {
					this.slots.release();
					wakeNext();
				}
			}
			else {
				LockSupport.parkNanos(this, deadline - System.nanoTime());
			}
			if (!own.done && (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted())) {
				this.waiting.remove(own);
				wakeNext();
				throw new DataAccessResourceFailureException("Too many are waiting for the database");
			}
		}
		return own.result();
	}

	/**
	 * Returns the digest of a token, by which it is loaded, or empty where there is none.
	 * @throws org.springframework.dao.DataAccessException if the database does not answer
	 */
	Optional<TokenDigest> digest(UUID id) {
		return this.statement.digest(id);
	}

	int waiting() {
		return this.waiting.size();
	}

	private void wakeNext() {
		Request next = this.waiting.peek();
		if (next != null) {
			LockSupport.unpark(next.thread);
		}
	}

	private void loadSome() {
		List<Request> batch = new ArrayList<>();
		Set<TokenDigest> digests = new LinkedHashSet<>();
		Request next;
		while (digests.size() < TOKENS_A_QUERY && (next = this.waiting.poll()) != null) {
			next.taken = true;
			batch.add(next);
			digests.add(next.digest);
		}
		if (batch.isEmpty()) {
			return;
		}
		long moment = this.invalidations.moment();
		long askedAt = System.nanoTime();
		try {
			Map<TokenDigest, Supplier<StoredToken>> found = this.statement.run(List.copyOf(digests));
			batch.forEach((request) -> request.answer(found.get(request.digest), moment, askedAt));
		}
		catch (RuntimeException | Error ex) {
			batch.forEach((request) -> request.fail(ex));
		}
	}

	/** Somebody who waits for a token. */
	private static final class Request {

		private final TokenDigest digest;

		private final Thread thread;

		private @Nullable Supplier<StoredToken> found;

		private long moment;

		private long askedAt;

		private @Nullable Throwable failure;

		private volatile boolean taken;

		private volatile boolean done;

		private Request(TokenDigest digest, Thread thread) {
			this.digest = digest;
			this.thread = thread;
		}

		private void answer(@Nullable Supplier<StoredToken> token, long noted, long asked) {
			this.found = token;
			this.moment = noted;
			this.askedAt = asked;
			this.done = true;
			LockSupport.unpark(this.thread);
		}

		private void fail(Throwable cause) {
			this.failure = cause;
			this.done = true;
			LockSupport.unpark(this.thread);
		}

		private @Nullable LoadedToken result() {
			if (this.failure instanceof RuntimeException unchecked) {
				throw unchecked;
			}
			if (this.failure instanceof Error error) {
				throw error;
			}
			return (this.found != null) ? new LoadedToken(this.found.get(), this.moment, this.askedAt) : null;
		}

	}

}
