package dev.latchkey.verification;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.verification.ChangeFeed.News;
import dev.latchkey.verification.ChangeFeed.Start;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What has been heard is told in its order, and what is not certain is not told.
 */
class ChangeFeedTests {

	private final ListenerPulse pulse = new ListenerPulse(
			new CacheProperties(true, 10, Duration.ofMinutes(1), Duration.ofMinutes(2), null));

	private final ChangeFeed feed = new ChangeFeed(this.pulse);

	private final UUID id = UUID.randomUUID();

	private long connection;

	@Test
	void nobodyFollowsBeforeItIsProvenThatAllIsHeard() {
		assertThat(this.feed.start()).isEmpty();
		this.connection = this.feed.listening();
		assertThat(this.feed.start()).isEmpty();
		prove();
		assertThat(this.feed.start()).isPresent();
		this.pulse.lost();
		assertThat(this.feed.start()).isEmpty();
	}

	@Test
	void whatIsHeardAndThenProvenIsToldTogether() {
		Start start = start();
		assertThat(this.feed.after(start.position()).orElseThrow().proven()).isNotNull();
		News none = this.feed.after(this.feed.after(start.position()).orElseThrow().next()).orElseThrow();
		assertThat(none.isNone()).isTrue();
		this.feed.mark(this.id);
		News mark = this.feed.after(none.next()).orElseThrow();
		assertThat(mark.places()).containsExactly(Invalidations.place(this.id));
		assertThat(mark.proven()).isNull();
		prove();
		assertThat(this.feed.after(mark.next()).orElseThrow().proven()).isNotNull();
	}

	@Test
	void aProofIsToldOnce() {
		long sentAt = System.nanoTime();
		Start start = start();
		this.feed.proven(this.connection, sentAt);
		News first = this.feed.after(start.position()).orElseThrow();
		this.feed.proven(this.connection, sentAt);
		assertThat(this.feed.after(first.next()).orElseThrow().isNone()).isTrue();
	}

	@Test
	void whatWasHeardBeforeIsToldToWhoComesLater() {
		start();
		this.feed.mark(this.id);
		Start later = this.feed.start().orElseThrow();
		assertThat(later.since()).isLessThanOrEqualTo(later.now() + 1);
		assertThat(this.feed.after(later.position()).orElseThrow().places()).contains(Invalidations.place(this.id));
	}

	@Test
	void whoIsFarBehindIsToldThatEverythingHasChanged() {
		Start start = start();
		for (int i = 0; i < ChangeFeed.LAG; i++) {
			this.feed.mark(UUID.randomUUID());
		}
		assertThat(this.feed.after(start.position()).orElseThrow().everything()).isFalse();
		this.feed.mark(this.id);
		News news = this.feed.after(start.position()).orElseThrow();
		assertThat(news.everything()).isTrue();
		assertThat(this.feed.after(news.next()).orElseThrow().isNone()).isTrue();
	}

	@Test
	void oneThatConcernsEverybodyTellsOfAll() {
		Start start = start();
		this.feed.mark(this.id);
		this.feed.markAll();
		assertThat(this.feed.after(start.position()).orElseThrow().everything()).isTrue();
	}

	@Test
	void whoFollowsIsToldOfWhateverComes() {
		AtomicInteger news = new AtomicInteger();
		this.connection = this.feed.listening();
		this.feed.onNews(news::incrementAndGet);
		prove();
		assertThat(news).hasValue(1);
		this.feed.mark(this.id);
		assertThat(news).hasValue(2);
		this.feed.lost();
		assertThat(news).hasValue(3);
	}

	@Test
	void newsIsWhateverCame() {
		Start start = start();
		News proof = this.feed.after(start.position()).orElseThrow();
		assertThat(proof.isNone()).isFalse();
		this.feed.mark(this.id);
		News mark = this.feed.after(proof.next()).orElseThrow();
		assertThat(mark.isNone()).isFalse();
		this.feed.markAll();
		assertThat(this.feed.after(mark.next()).orElseThrow().isNone()).isFalse();
	}

	@Test
	void timesAreMillisecondsOfOneClock() {
		Start start = start();
		assertThat(start.now() - start.since()).isBetween(-1L, 15_001L);
		long told = this.feed.after(start.position()).orElseThrow().proven() - start.now();
		assertThat(told).isBetween(-60_000L, 0L);
	}

	@Test
	void whatIsNotKeptIsNotPromised() {
		Start before = start();
		long begin = System.nanoTime();
		await().until(() -> System.nanoTime() - begin > 5_000_000);
		for (int i = 0; i < 20_000; i++) {
			this.feed.mark(this.id);
		}
		Start after = this.feed.start().orElseThrow();
		assertThat(after.since()).isGreaterThan(before.since());
		assertThat(after.position().heard()).isGreaterThanOrEqualTo(20_000 - (1 << 14));
		assertThat(this.feed.after(after.position()).orElseThrow().everything()).isTrue();
	}

	@Test
	void nothingFollowsALoss() {
		Start start = start();
		this.feed.lost();
		assertThat(this.feed.after(start.position())).isEmpty();
		assertThat(this.feed.start()).isEmpty();
		Start other = start();
		assertThat(this.feed.after(start.position())).isEmpty();
		assertThat(this.feed.after(other.position())).isPresent();
	}

	@Test
	void aConnectionThatWasLostProvesNothing() {
		Start start = start();
		this.feed.lost();
		prove();
		assertThat(this.feed.after(start.position())).isEmpty();
		assertThat(this.feed.start()).isEmpty();
	}

	@Test
	void aConnectionThatIsLostLateEndsNothingOfTheNext() {
		start();
		long first = this.connection;
		Start start = start();
		this.feed.lost(first);
		assertThat(this.feed.after(start.position())).isPresent();
		this.feed.lost(this.connection);
		assertThat(this.feed.after(start.position())).isEmpty();
	}

	@Test
	void timesAreRoundedToTheSafeSide() {
		this.connection = this.feed.listening();
		long sentAt = System.nanoTime();
		this.pulse.proven(sentAt);
		this.feed.proven(this.connection, sentAt);
		Start start = this.feed.start().orElseThrow();
		long told = this.feed.after(start.position()).orElseThrow().proven() - start.now();
		assertThat(told * 1_000_000).isLessThanOrEqualTo(0);
	}

	private Start start() {
		this.connection = this.feed.listening();
		prove();
		return this.feed.start().orElseThrow();
	}

	private void prove() {
		long now = System.nanoTime();
		this.pulse.proven(now);
		this.feed.proven(this.connection, now);
	}

}
