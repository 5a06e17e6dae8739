package dev.latchkey.resourceserver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of a response as they come, for a thread that waits for them no longer than
 * it wants. It asks for more only when it has taken what there is.
 */
final class ArrivingBytes implements Flow.Subscriber<List<ByteBuffer>> {

	private static final byte[] END = new byte[0];

	private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();

	private volatile @Nullable Subscription subscription;

	private volatile boolean cancelled;

	/**
	 * Returns the next bytes, or empty when it has ended.
	 * @throws IOException if there were none for so long
	 */
	Optional<byte[]> next(Duration patience) throws IOException, InterruptedException {
		byte[] bytes = this.arrived.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
		if (bytes == null) {
			throw new IOException("Nothing came for " + patience);
		}
		if (bytes == END) {
			return Optional.empty();
		}
		Subscription current = this.subscription;
		if (current != null) {
			current.request(1);
		}
		return Optional.of(bytes);
	}

	void cancel() {
		this.cancelled = true;
		Subscription current = this.subscription;
		if (current != null) {
			current.cancel();
		}
	}

	@Override
	public void onSubscribe(Subscription given) {
		this.subscription = given;
		if (this.cancelled) {
			given.cancel();
		}
		else {
			given.request(1);
		}
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		byte[] bytes = new byte[buffers.stream().mapToInt(ByteBuffer::remaining).sum()];
		int at = 0;
		for (ByteBuffer buffer : buffers) {
			int length = buffer.remaining();
			buffer.get(bytes, at, length);
			at += length;
		}
		if (at > 0) {
			this.arrived.add(bytes);
		}
		else {
			Subscription current = this.subscription;
			if (current != null) {
				current.request(1);
			}
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.arrived.add(END);
	}

	@Override
	public void onComplete() {
		this.arrived.add(END);
	}

}
