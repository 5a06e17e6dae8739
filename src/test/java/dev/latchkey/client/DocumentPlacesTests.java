package dev.latchkey.client;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.latchkey.client.DocumentPlaces.Place;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How many documents are read at once, and by whom.
 */
class DocumentPlacesTests {

	private final DocumentPlaces places = new DocumentPlaces();

	@Test
	void whoeverReadsFromHostsThatDoNotAnswerKeepsNobodyElseOut() {
		UUID person = UUID.randomUUID();
		this.places.take(person, "slow-1.example");
		this.places.take(person, "slow-2.example");
		assertThatExceptionOfType(DocumentRefusedException.class)
			.isThrownBy(() -> this.places.take(person, "slow-3.example"))
			.matches(DocumentRefusedException::isUndecided);
		this.places.take(UUID.randomUUID(), "robot.example").close();
	}

	@Test
	void fromOneHostOneAfterTheOtherReads() {
		Place first = this.places.take(UUID.randomUUID(), "robot.example");
		CompletableFuture<Place> second = CompletableFuture
			.supplyAsync(() -> this.places.take(UUID.randomUUID(), "robot.example"));
		assertThat(second).isNotDone();
		first.close();
		second.join().close();
	}

	@Test
	void allTogetherHaveAnEndToo() {
		List<Place> taken = new ArrayList<>();
		for (int i = 0; i < 32; i++) {
			taken.add(this.places.take(UUID.randomUUID(), "slow-%d.example".formatted(i)));
		}
		assertThatExceptionOfType(DocumentRefusedException.class)
			.isThrownBy(() -> this.places.take(UUID.randomUUID(), "robot.example"));
		taken.forEach(Place::close);
		this.places.take(UUID.randomUUID(), "robot.example").close();
	}

}
