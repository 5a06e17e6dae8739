package dev.latchkey.introspection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import dev.latchkey.verification.ChangeFeed;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.jspecify.annotations.Nullable;

/**
 * One response that never ends by itself, to somebody who follows what this node hears.
 * It has no thread and no queue: it has a position in the {@link ChangeFeed}, and what
 * came after that is written when the container says that the connection takes more.
 * <p>
 * Several threads may want it to write at once: one does, and looks again for the others.
 */
class ChangeStream implements WriteListener, AsyncListener {

	/**
	 * A proof alone waits until the last one is so old: no follower believes for less
	 * than two seconds, and what each of a thousand costs is the writing.
	 */
	private static final long BETWEEN_BEATS = TimeUnit.MILLISECONDS.toNanos(600);

	private final ChangeFeed feed;

	private final ChangeStreams streams;

	private final Follower follower;

	private final AsyncContext context;

	private final ServletOutputStream out;

	private final long endsAt;

	private final AtomicInteger wishes = new AtomicInteger();

	private final AtomicBoolean ended = new AtomicBoolean();

	private final ReentrantLock writing = new ReentrantLock();

	/** Written and read by whoever writes. */
	private ChangeFeed.Position position;

	private byte @Nullable [] hello;

	private long beatAt;

	private boolean unflushed;

	private volatile boolean begun;

	private volatile boolean unsure;

	private volatile boolean ending;

	ChangeStream(ChangeFeed feed, ChangeStreams streams, Follower follower, AsyncContext context,
			ServletOutputStream out, ChangeFeed.Start start, String rules, long endsAt) {
		this.feed = feed;
		this.streams = streams;
		this.follower = follower;
		this.context = context;
		this.out = out;
		this.endsAt = endsAt;
		this.beatAt = System.nanoTime() - BETWEEN_BEATS;
		this.position = start.position();
		this.hello = event("hello",
				"{\"now\":%d,\"since\":%d,\"rules\":\"%s\"}".formatted(start.now(), start.since(), rules));
	}

	Follower follower() {
		return this.follower;
	}

	/**
	 * Returns whether it is to be asked whether the follower may still do this.
	 */
	boolean isUnsure() {
		return this.unsure;
	}

	/** Asks that; the database may have to be asked for it. */
	void makeSure() {
		this.unsure = false;
		try {
			if (!this.follower.stands().getAsBoolean()) {
				end();
			}
		}
		catch (RuntimeException ex) {
			// Nobody can tell now.
			this.unsure = true;
		}
	}

	/** Ends it after what is being written. */
	void end() {
		this.ending = true;
		push();
	}

	/** Writes what there is, as far as the connection takes it. */
	void push() {
		if (!this.begun || this.wishes.getAndIncrement() > 0) {
			return;
		}
		int seen;
		do {
			seen = this.wishes.get();
			write();
		}
		while (!this.wishes.compareAndSet(seen, 0));
	}

	private void write() {
		this.writing.lock();
		try {
			while (!this.ended.get() && this.out.isReady()) {
				byte[] lines = this.unflushed ? null : next();
				if (lines != null) {
					this.out.write(lines);
					this.unflushed = true;
				}
				else if (this.unflushed) {
					this.unflushed = false;
					this.out.flush();
				}
				else {
					break;
				}
			}
			// Whether or not the client takes anything.
			if (this.ending || this.feed.isOver(this.position) || System.nanoTime() - this.endsAt >= 0) {
				complete();
			}
		}
		catch (IOException | RuntimeException ex) {
			// The client is gone.
			complete();
		}
		finally {
			this.writing.unlock();
		}
	}

	private byte @Nullable [] next() {
		byte[] first = this.hello;
		if (first != null) {
			this.hello = null;
			return first;
		}
		ChangeFeed.News news = this.feed.after(this.position).orElse(null);
		if (news == null || isEarlyBeat(news)) {
			return null;
		}
		this.position = news.next();
		if (news.isNone()) {
			return null;
		}
		if (news.proven() != null) {
			this.beatAt = System.nanoTime();
		}
		// Another row may have the same place.
		if (news.everything() || news.places().stream().anyMatch(this.follower.places()::contains)) {
			this.unsure = true;
		}
		return lines(news);
	}

	private boolean isEarlyBeat(ChangeFeed.News news) {
		return !news.everything() && news.places().isEmpty() && news.proven() != null
				&& System.nanoTime() - this.beatAt < BETWEEN_BEATS;
	}

	private static byte[] lines(ChangeFeed.News news) {
		StringBuilder lines = new StringBuilder();
		if (news.everything()) {
			lines.append("event: mark\ndata: {\"places\":\"*\"}\n\n");
		}
		else if (!news.places().isEmpty()) {
			lines.append("event: mark\ndata: {\"places\":")
				.append(news.places().toString().replace(" ", ""))
				.append("}\n\n");
		}
		if (news.proven() != null) {
			lines.append("event: beat\ndata: {\"proven\":").append(news.proven()).append("}\n\n");
		}
		return lines.toString().getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] event(String name, String data) {
		return "event: %s\ndata: %s\n\n".formatted(name, data).getBytes(StandardCharsets.US_ASCII);
	}

	boolean isEnded() {
		return this.ended.get();
	}

	private void complete() {
		if (this.ended.compareAndSet(false, true)) {
			this.streams.ended(this);
			try {
				this.context.complete();
			}
			catch (IllegalStateException ex) {
				// The container was first.
			}
		}
	}

	/**
	 * Before the container says so for the first time, nobody writes (Servlet 6.1,
	 * section 3.9).
	 */
	@Override
	public void onWritePossible() {
		if (!this.begun) {
			this.begun = true;
			this.streams.opened(this);
		}
		push();
	}

	@Override
	public void onError(Throwable failure) {
		completeAfterWriting();
	}

	@Override
	public void onComplete(AsyncEvent event) {
		completeAfterWriting();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		completeAfterWriting();
	}

	@Override
	public void onError(AsyncEvent event) {
		completeAfterWriting();
	}

	/**
	 * The container uses response and connection's objects for the next request as soon
	 * as its listeners return. Whoever still writes then would leave the failure of this
	 * one there.
	 */
	private void completeAfterWriting() {
		this.writing.lock();
		try {
			complete();
		}
		finally {
			this.writing.unlock();
		}
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// Nobody starts it again.
	}

	/**
	 * Who follows.
	 *
	 * @param name whose streams are counted together
	 * @param places under which changes of who it is and what it may do are told of
	 * @param stands whether it may still follow
	 */
	record Follower(String name, Set<Integer> places, BooleanSupplier stands) {

	}

}
