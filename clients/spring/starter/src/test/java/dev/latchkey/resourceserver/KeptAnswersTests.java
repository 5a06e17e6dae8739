package dev.latchkey.resourceserver;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes where more is kept than there is room for.
 */
class KeptAnswersTests {

	private static final int ROOM = 16;

	private static final int PLACE = 7;

	private final TestClocks clocks = new TestClocks();

	private final Belief belief = new Belief(this.clocks, Duration.ofSeconds(2));

	private final KeptAnswers kept = new KeptAnswers(this.belief, ROOM);

	private Belief.Connection stream;

	@BeforeEach
	void follow() throws UnreadableAnswerException {
		this.stream = this.belief.connect();
		this.stream.hello(100_000, 80_000, "r");
		this.stream.beat(100_000);
	}

	@Test
	void whileNothingIsHeardNoMoreGoesThanMust() throws UnreadableAnswerException {
		keep(0, ROOM, 60, PLACE);
		this.clocks.pass(10_000);
		assertThat(believed(0, ROOM)).isZero();
		keep(ROOM, ROOM + 1, 60, PLACE);
		assertThat(this.kept.size()).isEqualTo(ROOM * 7 / 8 + 1);
		this.stream.beat(110_000);
		assertThat(believed(0, ROOM)).isEqualTo(ROOM * 7 / 8);
	}

	@Test
	void whatIsMarkedGoesFirst() throws UnreadableAnswerException {
		keep(0, 2, 60, PLACE + 1);
		keep(2, ROOM, 60, PLACE);
		this.stream.mark(new int[] { PLACE + 1 });
		keep(ROOM, ROOM + 1, 60, PLACE);
		assertThat(believed(0, 2)).isZero();
		assertThat(believed(2, ROOM + 1)).isEqualTo(ROOM - 1);
	}

	@Test
	void whatHasEndedGoesFirst() throws UnreadableAnswerException {
		keep(0, ROOM - 2, 60, PLACE);
		keep(ROOM - 2, ROOM, 1, PLACE);
		this.clocks.pass(1_000);
		this.stream.beat(101_000);
		keep(ROOM, ROOM + 1, 60, PLACE);
		assertThat(believed(0, ROOM - 2)).isEqualTo(ROOM - 2);
		assertThat(this.kept.size()).isEqualTo(ROOM - 1);
	}

	private void keep(int from, int to, long seconds, int place) {
		for (int number = from; number < to; number++) {
			this.kept.keep(key(number), new KeptAnswer(TestTokens.active(place), TestTokens.terms("r", seconds, place),
					this.belief.moment(), this.clocks.nanos(), this.clocks.millis()));
		}
	}

	private int believed(int from, int to) {
		int believed = 0;
		for (int number = from; number < to; number++) {
			believed += (this.kept.believed(key(number), null) != null) ? 1 : 0;
		}
		return believed;
	}

	private static TokenKey key(int number) {
		return TokenKey.of(TestTokens.raw(number));
	}

}
