package dev.latchkey.introspection;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.latchkey.introspection.RemoteVerifier.Answer;
import dev.latchkey.introspection.RemoteVerifier.Fault;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cases that the protocol has to survive, one order of steps each, and what becomes
 * of them when the note before the question, the question to the database, or the stamp
 * in the beat is taken out.
 */
class RemoteVerifierTests {

	private static final int PLACE = 7;

	private static final Answer GOOD = new Answer(true, List.of(PLACE, 9), "r", 60);

	private static final Answer INACTIVE = new Answer(false, List.of(), "r", 0);

	private long now = 100_000;

	/** What the database holds. */
	private boolean revoked;

	/** What happens between the answer's read and its arrival. */
	private Runnable onTheWay = () -> {
	};

	@Test
	void whatIsKeptIsBelievedWithoutAQuestion() {
		RemoteVerifier client = following(this::database);
		for (int i = 0; i < 10; i++) {
			assertThat(client.accepts("token")).isTrue();
		}
		assertThat(client.asked()).isEqualTo(1);
	}

	@Test
	void aMarkEndsIt() {
		RemoteVerifier client = following(this::database);
		assertThat(client.accepts("token")).isTrue();
		this.revoked = true;
		client.mark(List.of(PLACE));
		assertThat(client.accepts("token")).isFalse();
	}

	@Test
	void aMarkBetweenNoteAndAnswerWins() {
		assertThat(acceptedAfterAMarkOnTheWay(Set.of())).isFalse();
		assertThat(acceptedAfterAMarkOnTheWay(EnumSet.of(Fault.NOTES_AFTER_THE_QUESTION))).isTrue();
	}

	private boolean acceptedAfterAMarkOnTheWay(Set<Fault> faults) {
		this.revoked = false;
		RemoteVerifier client = following(this::database, faults);
		this.onTheWay = () -> {
			this.revoked = true;
			client.mark(List.of(PLACE));
			client.beat(1_000);
		};
		client.accepts("token");
		this.onTheWay = () -> {
		};
		return client.accepts("token");
	}

	/** One node tells, and the other is asked, which has not heard. */
	@Test
	void theDatabaseIsAskedAndNotANodesMemory() {
		assertThat(acceptedAfterAskingAnother(this::database)).isFalse();
		assertThat(acceptedAfterAskingAnother((token) -> GOOD)).isTrue();
	}

	private boolean acceptedAfterAskingAnother(Function<String, Answer> questions) {
		this.revoked = false;
		RemoteVerifier client = following(questions);
		client.accepts("token");
		this.revoked = true;
		client.mark(List.of(PLACE));
		client.accepts("token");
		client.beat(1_000);
		return client.accepts("token");
	}

	/** A proxy holds back what the node has written, marks and beats alike. */
	@Test
	void beatsThatWereHeldBackAreOld() {
		assertThat(acceptedBehindABuffer(Set.of())).isFalse();
		assertThat(acceptedBehindABuffer(EnumSet.of(Fault.BEATS_WITHOUT_STAMP))).isTrue();
	}

	private boolean acceptedBehindABuffer(Set<Fault> faults) {
		this.revoked = false;
		RemoteVerifier client = following(this::database, faults);
		client.accepts("token");
		this.revoked = true;
		// Ten seconds later there comes what was written in the first second.
		this.now += 10_000;
		client.beat(1_000);
		return client.accepts("token");
	}

	@Test
	void silenceEndsTheBelief() {
		RemoteVerifier client = following(this::database);
		client.accepts("token");
		this.now += 2_100;
		client.accepts("token");
		assertThat(client.asked()).isEqualTo(2);
	}

	@Test
	void anotherNodeTakesOverWhereItsMarksReachBackFarEnough() {
		RemoteVerifier client = following(this::database);
		client.accepts("token");
		this.now += 500;
		client.hello(this.now, 70_000, 60_000, "r");
		client.beat(70_000);
		client.accepts("token");
		assertThat(client.asked()).isEqualTo(1);
		this.now += 500;
		client.hello(this.now, 5_000, 4_900, "r");
		client.beat(5_000);
		client.accepts("token");
		assertThat(client.asked()).isEqualTo(2);
	}

	@Test
	void otherRulesEndEverything() {
		RemoteVerifier client = following(this::database);
		client.accepts("token");
		client.hello(this.now, 70_000, 0, "others");
		client.beat(70_000);
		client.accepts("token");
		assertThat(client.asked()).isEqualTo(2);
	}

	@Test
	void aTokenEndsByItsTime() {
		RemoteVerifier client = following((token) -> new Answer(true, List.of(PLACE), "r", 1));
		client.accepts("token");
		this.now += 1_000;
		client.accepts("token");
		assertThat(client.asked()).isEqualTo(2);
	}

	private RemoteVerifier following(Function<String, Answer> questions) {
		return following(questions, Set.of());
	}

	private RemoteVerifier following(Function<String, Answer> questions, Set<Fault> faults) {
		RemoteVerifier client = new RemoteVerifier(() -> this.now, questions, faults);
		client.hello(this.now, 0, -1_000, "r");
		client.beat(0);
		return client;
	}

	private Answer database(String token) {
		Answer read = this.revoked ? INACTIVE : GOOD;
		this.onTheWay.run();
		return read;
	}

}
