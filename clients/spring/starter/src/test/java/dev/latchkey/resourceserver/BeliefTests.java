package dev.latchkey.resourceserver;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each line of the protocol about the stream and about what is believed.
 */
class BeliefTests {

	private static final int PLACE = 7;

	private final TestClocks clocks = new TestClocks();

	private final Belief belief = new Belief(this.clocks, Duration.ofSeconds(2));

	private Belief.Connection stream;

	@BeforeEach
	void follow() throws UnreadableAnswerException {
		this.stream = connected(100_000, 80_000, "r");
		this.stream.beat(100_000);
	}

	@Test
	void whatIsKeptHoldsWhileNothingChanges() {
		assertThat(this.belief.holds(kept(60))).isTrue();
	}

	@Test
	void nothingHoldsBeforeTheFirstBeat() throws UnreadableAnswerException {
		Belief young = new Belief(this.clocks, Duration.ofSeconds(2));
		young.connect().hello(1_000, 0, "r");
		assertThat(young.holds(kept(60))).isFalse();
		assertThat(young.age()).isNull();
	}

	@Test
	void aMarkEndsWhatWasNotedBeforeIt() throws UnreadableAnswerException {
		KeptAnswer before = kept(60);
		this.stream.mark(new int[] { PLACE });
		assertThat(this.belief.holds(before)).isFalse();
		assertThat(this.belief.holds(kept(60))).isTrue();
	}

	@Test
	void aMarkElsewhereEndsNothing() throws UnreadableAnswerException {
		KeptAnswer before = kept(60);
		this.stream.mark(new int[] { PLACE + 1 });
		assertThat(this.belief.holds(before)).isTrue();
	}

	@Test
	void aStarEndsEverything() throws UnreadableAnswerException {
		KeptAnswer before = kept(60);
		this.stream.markEverything();
		assertThat(this.belief.holds(before)).isFalse();
	}

	@Test
	void aPlaceThatThereIsNotIsAStar() throws UnreadableAnswerException {
		KeptAnswer before = kept(60);
		this.stream.mark(new int[] { Belief.PLACES });
		assertThat(this.belief.holds(before)).isFalse();
	}

	@Test
	void withoutABeatNothingHoldsAfterTwoSeconds() throws UnreadableAnswerException {
		KeptAnswer answer = kept(60);
		this.clocks.pass(2_000);
		assertThat(this.belief.holds(answer)).isTrue();
		this.clocks.pass(1);
		assertThat(this.belief.holds(answer)).isFalse();
		this.stream.beat(101_500);
		assertThat(this.belief.holds(answer)).isTrue();
	}

	@Test
	void beatsThatComeLateAreOld() throws UnreadableAnswerException {
		KeptAnswer answer = kept(60);
		this.clocks.pass(10_000);
		this.stream.beat(100_500);
		this.stream.beat(101_000);
		assertThat(this.belief.holds(answer)).isFalse();
	}

	@Test
	void theProofIsEarlierThanTheTruthBothWays() {
		long connected = this.clocks.nanos();
		this.clocks.pass(10_000);
		assertThat(this.belief.proof(this.stream, 110_000).nanos()).isEqualTo(connected + 9_990_000_000L);
		assertThat(this.belief.proof(this.stream, 99_000).nanos()).isEqualTo(connected - 1_001_000_000L);
	}

	@Test
	void aStreamFromAnotherNodeKeepsEverythingWhereItReachesBack() throws UnreadableAnswerException {
		KeptAnswer answer = kept(60);
		this.clocks.pass(1_000);
		Belief.Connection next = connected(5_000, 3_000, "r");
		assertThat(this.belief.holds(answer)).isTrue();
		next.beat(5_000);
		assertThat(this.belief.holds(answer)).isTrue();
	}

	@Test
	void aStreamThatDoesNotReachBackForgetsEverything() throws UnreadableAnswerException {
		KeptAnswer answer = kept(60);
		this.clocks.pass(1_000);
		connected(5_000, 4_500, "r").beat(5_000);
		assertThat(this.belief.holds(answer)).isFalse();
		assertThat(this.belief.holds(kept(60))).isTrue();
	}

	@Test
	void otherRulesForgetEverything() throws UnreadableAnswerException {
		KeptAnswer answer = kept(60);
		connected(5_000, 0, "others").beat(5_000);
		assertThat(this.belief.holds(answer)).isFalse();
		assertThat(this.belief.holds(kept(60))).isFalse();
	}

	@Test
	void anAnswerEndsByItsTime() throws UnreadableAnswerException {
		KeptAnswer answer = kept(1);
		this.clocks.pass(999);
		assertThat(this.belief.holds(answer)).isTrue();
		this.clocks.pass(1);
		assertThat(this.belief.holds(answer)).isFalse();
	}

	@Test
	void whoSleptBelievesNothing() {
		KeptAnswer answer = kept(60);
		this.clocks.sleep(3_000);
		assertThat(this.belief.holds(answer)).isTrue();
		this.clocks.sleep(1);
		assertThat(this.belief.holds(answer)).isFalse();
	}

	/** The monotonic clock stood, so that the stamps lie ahead of it. */
	@Test
	void whoSleptNeedsAnotherStream() throws UnreadableAnswerException {
		this.clocks.sleep(3_600_000);
		assertThat(this.stream.beat(3_700_000)).isFalse();
		assertThat(this.belief.age()).isNull();
	}

	@Test
	void aSleepThatTheRingDoesNotReachOverForgetsEverything() throws UnreadableAnswerException {
		KeptAnswer answer = kept(7_200);
		this.clocks.sleep(3_600_000);
		Belief.Connection next = connected(3_700_000, 3_685_000, "r");
		assertThat(next.beat(3_700_000)).isTrue();
		assertThat(this.belief.holds(answer)).isFalse();
	}

	@Test
	void anEndPassesWhileTheMachineSleeps() throws UnreadableAnswerException {
		KeptAnswer answer = kept(10);
		this.clocks.sleep(10_000);
		Belief.Connection next = connected(110_000, 80_000, "r");
		next.beat(110_000);
		assertThat(this.belief.holds(answer)).isFalse();
	}

	@Test
	void aStreamIsLeftWhereTheWallClockWasSet() throws UnreadableAnswerException {
		for (long set : new long[] { 3_600_000, 1_001, -1_001, -3_600_000 }) {
			Belief.Connection next = connected(100_000, 80_000, "r");
			this.clocks.setWall(set);
			assertThat(next.beat(100_000)).as("set by %d", set).isFalse();
			assertThat(next.hasProven()).as("set by %d", set).isFalse();
		}
		assertThat(connected(100_000, 80_000, "r").beat(100_000)).isTrue();
	}

	@Test
	void itIsBorneThatTheWallClockIsSetRightByLittle() throws UnreadableAnswerException {
		for (long set : new long[] { 900, 1_000, -1_000 }) {
			Belief.Connection next = connected(100_000, 80_000, "r");
			this.clocks.setWall(set);
			assertThat(next.beat(100_000)).as("set by %d", set).isTrue();
			assertThat(this.belief.holds(kept(60))).as("set by %d", set).isTrue();
		}
	}

	@Test
	void setBackTheWallClockHasNothingBelievedLonger() {
		KeptAnswer answer = kept(60);
		this.clocks.setWall(-3_600_000);
		this.clocks.pass(2_000);
		assertThat(this.belief.holds(answer)).isTrue();
		this.clocks.pass(1);
		assertThat(this.belief.holds(answer)).isFalse();
	}

	@Test
	void whoMayBeStalerBelievesLongerByBothClocks() throws UnreadableAnswerException {
		Belief patient = new Belief(this.clocks, Duration.ofMinutes(1));
		Belief.Connection only = patient.connect();
		only.hello(100_000, 80_000, "r");
		only.beat(100_000);
		KeptAnswer answer = new KeptAnswer(TestTokens.active(PLACE), TestTokens.terms("r", 600, PLACE),
				patient.moment(), this.clocks.nanos(), this.clocks.millis());
		this.clocks.pass(60_000);
		assertThat(patient.holds(answer)).isTrue();
		assertThat(patient.age()).isEqualTo(Duration.ofMinutes(1));
		this.clocks.pass(1);
		assertThat(patient.holds(answer)).isFalse();
		assertThat(patient.age()).isNull();
		only.beat(160_000);
		assertThat(patient.holds(answer)).isTrue();
		this.clocks.sleep(61_100);
		assertThat(patient.holds(answer)).isFalse();
	}

	@Test
	void aStampOfTheFutureIsNoProof() throws UnreadableAnswerException {
		assertThat(this.stream.beat(200_000)).isFalse();
		assertThat(this.belief.holds(kept(60))).isTrue();
	}

	@Test
	void aStreamBeginsWithHello() {
		assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> this.belief.connect().beat(1));
		assertThatExceptionOfType(UnreadableAnswerException.class)
			.isThrownBy(() -> this.belief.connect().mark(new int[0]));
		assertThatExceptionOfType(UnreadableAnswerException.class).isThrownBy(() -> this.stream.hello(1, 0, "r"));
		assertThatExceptionOfType(UnreadableAnswerException.class)
			.isThrownBy(() -> this.belief.connect().hello(0, 1, "r"));
	}

	private Belief.Connection connected(long now, long since, String rules) throws UnreadableAnswerException {
		Belief.Connection connection = this.belief.connect();
		connection.hello(now, since, rules);
		return connection;
	}

	private KeptAnswer kept(long seconds) {
		return new KeptAnswer(TestTokens.active(PLACE), TestTokens.terms("r", seconds, PLACE, 9), this.belief.moment(),
				this.clocks.nanos(), this.clocks.millis());
	}

}
