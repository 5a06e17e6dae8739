package dev.latchkey.introspection;

import dev.latchkey.introspection.ChangeStreams.Room;
import dev.latchkey.verification.ChangeFeed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * There is room for so many streams, and no more of them for one caller.
 */
class ChangeStreamsTests {

	private final ChangeStreams streams = new ChangeStreams(mock(ChangeFeed.class), new StreamProperties(3, 2));

	@AfterEach
	void stop() {
		this.streams.destroy();
	}

	@Test
	void aCallerHasSoManyAndAllTogetherHaveSoMany() {
		assertThat(this.streams.reserve("one")).isEqualTo(Room.TAKEN);
		assertThat(this.streams.reserve("one")).isEqualTo(Room.TAKEN);
		assertThat(this.streams.reserve("one")).isEqualTo(Room.NONE_FOR_YOU);
		assertThat(this.streams.reserve("two")).isEqualTo(Room.TAKEN);
		assertThat(this.streams.reserve("three")).isEqualTo(Room.NONE_AT_ALL);
		assertThat(this.streams.count()).isEqualTo(3);
		this.streams.release("one");
		assertThat(this.streams.reserve("one")).isEqualTo(Room.TAKEN);
	}

	@Test
	void whatIsGivenBackCountsNoMore() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.streams.reserve("one")).isEqualTo(Room.TAKEN);
			this.streams.release("one");
		}
		assertThat(this.streams.count()).isZero();
	}

}
