package dev.latchkey.account;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.problem.UnavailableException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HashingPlacesTests {

	private final HashingPlaces places = new HashingPlaces(Duration.ofHours(1));

	@Test
	void halfOfTheProcessorsHashAndWhoFindsNoPlaceToWaitHearsSoAtOnce() throws InterruptedException {
		int atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
		CountDownLatch hashing = new CountDownLatch(1);
		AtomicInteger begun = new AtomicInteger();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < atOnce + HashingPlaces.WAITING; i++) {
			Thread thread = new Thread(() -> this.places.take(() -> {
				begun.incrementAndGet();
				await(hashing);
				return "";
			}));
			thread.start();
			threads.add(thread);
		}
		Awaitility.await().until(() -> begun.get() == atOnce && this.places.waiting() == HashingPlaces.WAITING);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.places.take(() -> ""));
		hashing.countDown();
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(begun).hasValue(atOnce + HashingPlaces.WAITING);
		assertThat(this.places.take(() -> "free")).isEqualTo("free");
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
