package dev.latchkey.client;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * How many documents are read at once: few for one person, one after the other from one
 * host, and more for all together, so that a host which does not answer keeps nobody from
 * another one, and nobody has all the places.
 */
class DocumentPlaces {

	private static final int OF_PERSON = 2;

	private static final int OF_HOST = 1;

	private static final int OF_ALL = 32;

	/** As long as the reading of one document may take. */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

	private final Semaphore all = new Semaphore(OF_ALL);

	/** Nobody loses a semaphore that somebody holds: it is referred to. */
	private final Cache<UUID, Semaphore> persons = Caffeine.newBuilder().weakValues().build();

	private final Cache<String, Semaphore> hosts = Caffeine.newBuilder().weakValues().build();

	/**
	 * Takes a place, and waits for those who read from the same host.
	 * @param person who is asked for consent
	 * @param host the host and its port
	 * @throws DocumentRefusedException if there is none
	 */
	Place take(UUID person, String host) {
		Semaphore ofPerson = this.persons.get(person, (id) -> new Semaphore(OF_PERSON));
		Semaphore ofHost = this.hosts.get(host, (name) -> new Semaphore(OF_HOST));
		if (!ofPerson.tryAcquire()) {
			throw full();
		}
		if (!wait(ofHost)) {
			ofPerson.release();
			throw full();
		}
		if (!this.all.tryAcquire()) {
			ofHost.release();
			ofPerson.release();
			throw full();
		}
		return () -> {
			this.all.release();
			ofHost.release();
			ofPerson.release();
		};
	}

	private static boolean wait(Semaphore place) {
		try {
			return place.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static DocumentRefusedException full() {
		return DocumentRefusedException.undecided("Too many client documents are being read.");
	}

	/** A place, which is given back when it is closed. */
	@FunctionalInterface
	interface Place {

		void close();

	}

}
