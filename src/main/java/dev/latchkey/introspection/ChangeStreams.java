package dev.latchkey.introspection;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.verification.ChangeFeed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The streams that are open on this node. One thread goes round them when there is
 * something new and writes what each connection takes without waiting; another one, which
 * may have to wait for the database, asks who may still follow. How many streams there
 * are makes no more threads.
 */
@Component
class ChangeStreams implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(ChangeStreams.class);

	/** However quiet it is, some streams have become old. */
	private static final long ROUND_MILLIS = 1000;

	private final StreamProperties properties;

	private final Set<ChangeStream> open = ConcurrentHashMap.newKeySet();

	private final Map<String, Integer> reserved = new ConcurrentHashMap<>();

	private final AtomicInteger all = new AtomicInteger();

	private final Semaphore news = new Semaphore(0);

	private final ThreadPoolExecutor doubts = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(), (task) -> daemon(task, "latchkey-followers"),
			new ThreadPoolExecutor.DiscardPolicy());

	private volatile @Nullable Thread writer;

	ChangeStreams(ChangeFeed feed, StreamProperties properties) {
		this.properties = properties;
		this.doubts.allowCoreThreadTimeOut(true);
		Thread thread = daemon(this::goRound, "latchkey-streams");
		this.writer = thread;
		thread.start();
		feed.onNews(this::wake);
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Takes a place for a stream.
	 */
	Room reserve(String follower) {
		if (this.all.incrementAndGet() > this.properties.maxStreams()) {
			this.all.decrementAndGet();
			return Room.NONE_AT_ALL;
		}
		if (this.reserved.merge(follower, 1, Integer::sum) > this.properties.maxStreamsPerCaller()) {
			release(follower);
			return Room.NONE_FOR_YOU;
		}
		return Room.TAKEN;
	}

	/** Gives it back where no stream was opened. */
	void release(String follower) {
		this.reserved.computeIfPresent(follower, (name, count) -> (count > 1) ? count - 1 : null);
		this.all.decrementAndGet();
	}

	void opened(ChangeStream stream) {
		this.open.add(stream);
		if (stream.isEnded()) {
			this.open.remove(stream);
		}
	}

	/** Called once for each stream that was opened. */
	void ended(ChangeStream stream) {
		this.open.remove(stream);
		release(stream.follower().name());
	}

	int count() {
		return this.all.get();
	}

	private void wake() {
		if (this.news.availablePermits() == 0) {
			this.news.release();
		}
	}

	private void goRound() {
		while (this.writer == Thread.currentThread()) {
			try {
				this.news.tryAcquire(ROUND_MILLIS, TimeUnit.MILLISECONDS);
				this.news.drainPermits();
			}
			catch (InterruptedException ex) {
				return;
			}
			this.open.forEach(this::visit);
		}
	}

	/** Whatever goes wrong at one stream ends that one alone. */
	private void visit(ChangeStream stream) {
		try {
			stream.push();
			if (stream.isUnsure() && this.doubts.getQueue().size() <= this.open.size()) {
				this.doubts.execute(() -> sure(stream));
			}
		}
		catch (RuntimeException | Error ex) {
			log.warn("A stream of changes is ended: {}", ex.getClass().getSimpleName());
			stream.end();
		}
	}

	/** One that is sure by now has been asked meanwhile. */
	private static void sure(ChangeStream stream) {
		if (stream.isUnsure()) {
			stream.makeSure();
		}
	}

	@Override
	public void destroy() {
		this.writer = null;
		wake();
		this.doubts.shutdownNow();
		this.open.forEach(ChangeStream::end);
	}

	/** Whether there is a place. */
	enum Room {

		TAKEN, NONE_FOR_YOU, NONE_AT_ALL

	}

}
