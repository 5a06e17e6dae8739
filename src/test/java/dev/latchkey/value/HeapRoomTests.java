package dev.latchkey.value;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeapRoomTests {

	@ParameterizedTest
	@CsvSource({ "256000000, 42666", "600000000, 100000", "600000001, 100000", "9223372036854775807, 100000", "5, 1" })
	void aSmallHeapHasRoomForFewer(long heap, int entries) {
		assertThat(HeapRoom.entries(100_000, 6_000, heap)).isEqualTo(entries);
	}

}
