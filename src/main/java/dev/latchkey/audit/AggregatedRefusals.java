package dev.latchkey.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * How often something happened, since when, and how much of it stands in the table. A
 * flood counts in one place without a lock.
 */
final class AggregatedRefusals {

	private static final Duration WINDOW = Duration.ofMinutes(1);

	private static final int CLOSED = -1;

	private final Instant since;

	private final @Nullable String first;

	private final @Nullable String firstRequestId;

	private final AtomicInteger counted;

	private volatile boolean several;

	private volatile int written;

	private volatile @Nullable Sent sent;

	/**
	 * Begins a minute.
	 * @param first the address that it happened from first, or null
	 * @param firstRequestId by which request it happened first, or null
	 */
	AggregatedRefusals(Instant since, @Nullable String first, @Nullable String firstRequestId) {
		this(since, first, firstRequestId, false, 0);
	}

	private AggregatedRefusals(Instant since, @Nullable String first, @Nullable String firstRequestId, boolean several,
			int counted) {
		this.since = since;
		this.first = first;
		this.firstRequestId = firstRequestId;
		this.several = several;
		this.counted = new AtomicInteger(counted);
	}

	/** Returns false if another one counts by now. */
	boolean count(@Nullable String ip) {
		if (!Objects.equals(ip, this.first)) {
			this.several = true;
		}
		int before = this.counted.getAndUpdate((count) -> (count == CLOSED) ? CLOSED : count + 1);
		return before != CLOSED;
	}

	/** What came in while the last of a minute was written begins the next minute. */
	@Nullable AggregatedRefusals rest(Instant now) {
		int unwritten = this.counted.getAndSet(CLOSED) - this.written;
		return (unwritten > 0) ? new AggregatedRefusals(now, this.first, null, this.several, unwritten) : null;
	}

	Instant since() {
		return this.since;
	}

	boolean isOver(Instant now) {
		return !now.isBefore(this.since.plus(WINDOW));
	}

	boolean isNew() {
		return this.written == 0;
	}

	int counted() {
		return this.counted.get();
	}

	int written() {
		return this.written;
	}

	/** Notes what is being written, until it is known what became of it. */
	void sends(String transaction, int upTo) {
		this.sent = new Sent(transaction, upTo);
	}

	/** What was sent, if it is not known what became of it. */
	@Nullable Sent sent() {
		return this.sent;
	}

	/** Of what was sent last, nothing stands in the table. */
	void wroteNothing() {
		this.sent = null;
	}

	void wrote(int count) {
		this.written = count;
		this.sent = null;
	}

	/** The first request stands in the row that is written first. */
	@Nullable String requestId() {
		return isNew() ? this.firstRequestId : null;
	}

	/** The one address, or the network that there were several in. */
	@Nullable String place(@Nullable String network) {
		return this.several ? network : this.first;
	}

	/**
	 * A row that was sent.
	 *
	 * @param transaction the number of its transaction
	 * @param upTo how much is counted in it and in those before it
	 */
	record Sent(String transaction, int upTo) {

	}

}
