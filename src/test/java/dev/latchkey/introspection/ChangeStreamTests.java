package dev.latchkey.introspection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.latchkey.introspection.ChangeStream.Follower;
import dev.latchkey.verification.ChangeFeed;
import dev.latchkey.verification.ChangeFeed.News;
import dev.latchkey.verification.ChangeFeed.Position;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * A stream writes what its client takes and nothing else, and ends when it has to,
 * whether or not the client takes anything.
 */
class ChangeStreamTests {

	private static final Position START = new Position(1, 0, 0);

	private static final Position LATER = new Position(1, 2, 1);

	private final ChangeFeed feed = mock(ChangeFeed.class);

	private final ChangeStreams streams = mock(ChangeStreams.class);

	private final AsyncContext context = mock(AsyncContext.class);

	private final Client client = new Client();

	private final Follower follower = new Follower("one", Set.of(), () -> true);

	@BeforeEach
	void tellOnce() {
		given(this.feed.after(START)).willReturn(Optional.of(new News(LATER, List.of(7, 9), false, 5L)));
		given(this.feed.after(LATER)).willReturn(Optional.of(new News(LATER, List.of(), false, null)));
	}

	@Test
	void whatChangedStandsAboveTheProof() {
		stream(60).onWritePossible();
		assertThat(this.client.read()).isEqualTo("""
				event: hello
				data: {"now":3,"since":2,"rules":"r"}

				event: mark
				data: {"places":[7,9]}

				event: beat
				data: {"proven":5}

				""");
		verify(this.context, never()).complete();
	}

	@Test
	void aProofAloneWaitsForAWhileAndIsTheNewestThen() {
		AtomicLong proofs = new AtomicLong(1);
		given(this.feed.after(any())).willAnswer((asked) -> {
			long known = asked.<Position>getArgument(0).proofs();
			long now = proofs.get();
			return Optional.of(new News(new Position(1, 0, now), List.of(), false, (now > known) ? now : null));
		});
		long begin = System.nanoTime();
		ChangeStream stream = stream(60);
		stream.onWritePossible();
		await().pollInSameThread().until(() -> {
			proofs.incrementAndGet();
			stream.push();
			return this.client.read().split("proven").length == 3;
		});
		assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(600));
		assertThat(this.client.read()).endsWith("event: beat\ndata: {\"proven\":%d}\n\n".formatted(proofs.get()));
	}

	@Test
	void aChangeDoesNotWaitAndTakesAProofAlong() {
		ChangeStream stream = stream(60);
		stream.onWritePossible();
		Position latest = new Position(1, 3, 2);
		given(this.feed.after(LATER)).willReturn(Optional.of(new News(latest, List.of(4), false, 6L)));
		given(this.feed.after(latest)).willReturn(Optional.of(new News(latest, List.of(), false, null)));
		stream.push();
		assertThat(this.client.read()).endsWith("""
				event: mark
				data: {"places":[4]}

				event: beat
				data: {"proven":6}

				""");
	}

	@Test
	void nothingIsWrittenToWhoTakesNothing() {
		ChangeStream stream = stream(60);
		this.client.ready = false;
		stream.onWritePossible();
		assertThat(this.client.read()).isEmpty();
		verify(this.feed, never()).after(any());
		this.client.ready = true;
		stream.onWritePossible();
		assertThat(this.client.read()).contains("hello", "mark", "beat");
	}

	@Test
	void whoTakesNothingIsLeftWhenTheNodeHearsNothing() {
		ChangeStream stream = stream(60);
		this.client.ready = false;
		given(this.feed.isOver(START)).willReturn(true);
		stream.onWritePossible();
		stream.onWritePossible();
		verify(this.context, times(1)).complete();
		verify(this.streams, times(1)).ended(stream);
	}

	@Test
	void whoTakesNothingIsLeftWhenTheTimeIsOver() {
		ChangeStream stream = stream(0);
		this.client.ready = false;
		stream.onWritePossible();
		verify(this.context, times(1)).complete();
		verify(this.streams, times(1)).ended(stream);
	}

	@Test
	void whoMayNotFollowAnyMoreIsLeft() {
		ChangeStream stream = stream(60, new Follower("one", Set.of(9), () -> false));
		stream.onWritePossible();
		assertThat(stream.isUnsure()).isTrue();
		verify(this.context, never()).complete();
		stream.makeSure();
		verify(this.context, times(1)).complete();
	}

	@Test
	void whereNobodyKnowsItIsAskedAgain() {
		ChangeStream stream = stream(60, new Follower("one", Set.of(9), () -> {
			throw new IllegalStateException();
		}));
		stream.onWritePossible();
		stream.makeSure();
		assertThat(stream.isUnsure()).isTrue();
		verify(this.context, never()).complete();
	}

	private ChangeStream stream(long seconds) {
		return stream(seconds, this.follower);
	}

	private ChangeStream stream(long seconds, Follower who) {
		return new ChangeStream(this.feed, this.streams, who, this.context, this.client,
				new ChangeFeed.Start(START, 3, 2), "r", System.nanoTime() + seconds * 1_000_000_000);
	}

	/** What the container gives, for a client that may have stopped reading. */
	private static final class Client extends ServletOutputStream {

		private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

		private boolean ready = true;

		private String read() {
			return this.taken.toString(StandardCharsets.UTF_8);
		}

		@Override
		public boolean isReady() {
			return this.ready;
		}

		@Override
		public void write(int one) {
			assertThat(this.ready).isTrue();
			this.taken.write(one);
		}

		@Override
		public void setWriteListener(WriteListener listener) {
			throw new UnsupportedOperationException();
		}

	}

}
