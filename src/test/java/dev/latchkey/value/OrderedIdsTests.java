package dev.latchkey.value;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ids by which an index grows at one end.
 */
class OrderedIdsTests {

	private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

	@Test
	void theyAreOfVersion7AndBearTheMillisecond() {
		Instant moment = NOW.plusSeconds(60);
		UUID id = OrderedIds.next(moment);
		assertThat(id.version()).isEqualTo(7);
		assertThat(id.variant()).isEqualTo(2);
		assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(moment.toEpochMilli());
	}

	@Test
	void theyRiseAlsoWithinOneMomentAndWhenTheClockIsSetBack() {
		List<String> ids = Stream.of(NOW, NOW, NOW.minusSeconds(60), NOW, NOW.plusMillis(1), NOW)
			.flatMap((moment) -> Stream.generate(() -> OrderedIds.next(moment)).limit(5000))
			.map(UUID::toString)
			.toList();
		assertThat(ids).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void whatIsLeftIsChance() {
		assertThat(OrderedIds.at(1, 0)).hasToString("00000000-0000-7001-8000-000000000000");
		assertThat(OrderedIds.at(1, -1)).hasToString("00000000-0000-7001-bfff-ffffffffffff");
		assertThat(OrderedIds.at(-1, 0)).hasToString("ffffffff-ffff-7fff-8000-000000000000");
	}

}
