package dev.latchkey.resourceserver;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, of which no more is read than any answer has.
 */
final class BoundedBody implements BodySubscriber<String> {

	private static final long LONGEST = 1 << 20;

	private final BodySubscriber<String> whole = BodySubscribers.ofString(StandardCharsets.UTF_8);

	private @Nullable Subscription subscription;

	private long size;

	@Override
	public CompletionStage<String> getBody() {
		return this.whole.getBody();
	}

	@Override
	public void onSubscribe(Subscription given) {
		this.subscription = given;
		this.whole.onSubscribe(given);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		boolean over = this.size > LONGEST;
		this.size += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
		if (this.size <= LONGEST) {
			this.whole.onNext(buffers);
		}
		else if (!over) {
			if (this.subscription != null) {
				this.subscription.cancel();
			}
			this.whole.onError(new IOException("An answer without an end"));
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.whole.onError(failure);
	}

	@Override
	public void onComplete() {
		this.whole.onComplete();
	}

}
