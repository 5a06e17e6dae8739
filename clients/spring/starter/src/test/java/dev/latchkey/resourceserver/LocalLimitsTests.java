package dev.latchkey.resourceserver;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often a token may be used here.
 */
class LocalLimitsTests {

	private static final int ROOM = 100_000;

	private final TestClocks clocks = new TestClocks();

	private final LocalLimits limits = new LocalLimits(this.clocks);

	@Test
	void aMinuteBeginsWithTheFirstUse() {
		assertThat(left("a", 2)).isEqualTo(1);
		this.clocks.pass(59_999);
		assertThat(left("a", 2)).isZero();
		assertThat(use(1, "a", 2)).isEqualTo(new Verdict.Limited(new RateLimit(2, 0, 1)));
		this.clocks.pass(1);
		assertThat(left("a", 2)).isEqualTo(1);
	}

	@Test
	void itsIdSaysWhichTokenItIs() {
		assertThat(use(1, "a", 1)).isInstanceOf(Verdict.Accepted.class);
		assertThat(use(2, "a", 1)).isInstanceOf(Verdict.Limited.class);
		assertThat(use(1, "b", 1)).isInstanceOf(Verdict.Accepted.class);
	}

	@Test
	void whatHasNoIdIsItself() {
		assertThat(use(1, null, 1)).isInstanceOf(Verdict.Accepted.class);
		assertThat(use(1, null, 1)).isInstanceOf(Verdict.Limited.class);
		assertThat(use(2, null, 1)).isInstanceOf(Verdict.Accepted.class);
	}

	@Test
	void anotherLimitBeginsAnew() {
		assertThat(left("a", 1)).isZero();
		for (int i = 0; i < 10; i++) {
			assertThat(use(1, "a", 1)).isInstanceOf(Verdict.Limited.class);
		}
		assertThat(left("a", 3)).isEqualTo(2);
	}

	/** A minute that began anew is as young as it is. */
	@Test
	void whereThereIsNoRoomTheOneThatBeganFirstGoes() {
		assertThat(left("again", 5)).isEqualTo(4);
		assertThat(left("oldest", 5)).isEqualTo(4);
		assertThat(left("older", 5)).isEqualTo(4);
		assertThat(left("again", 6)).isEqualTo(5);
		for (int i = 3; i < ROOM; i++) {
			left("t" + i, 5);
		}
		assertThat(left("oldest", 5)).isEqualTo(3);
		assertThat(left("one more", 5)).isEqualTo(4);
		assertThat(left("older", 5)).isEqualTo(3);
		assertThat(left("again", 6)).isEqualTo(4);
		assertThat(left("oldest", 5)).as("it is gone").isEqualTo(4);
	}

	private long left(String id, long quota) {
		Verdict verdict = use(1, id, quota);
		assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
		return ((Verdict.Accepted) verdict).limit().remaining();
	}

	private Verdict use(int raw, @Nullable String id, long quota) {
		return this.limits.count(TokenKey.of(TestTokens.raw(raw)),
				new VerifiedToken("owner", null, Set.of(), id, null, List.of(), null, null), quota);
	}

}
