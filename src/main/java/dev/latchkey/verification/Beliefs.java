package dev.latchkey.verification;

import java.util.UUID;

import org.springframework.stereotype.Component;

/**
 * Lends the rule by which verified tokens are believed to whoever else remembers rows of
 * which changes are told: note the moment, ask the database, and believe the answer until
 * a change has reached it, it has become old, or changes are not heard any more.
 */
@Component
public class Beliefs {

	/** Under which all resources and their scopes are told of, together. */
	public static final UUID RESOURCES = UUID.fromString("7e50ce50-0000-4000-8000-000000000000");

	private final boolean enabled;

	private final long maxAge;

	private final ListenerPulse pulse;

	private final Invalidations invalidations;

	Beliefs(CacheProperties properties, ListenerPulse pulse, Invalidations invalidations) {
		this.enabled = properties.enabled();
		this.maxAge = properties.maxAge().toNanos();
		this.pulse = pulse;
		this.invalidations = invalidations;
	}

	/**
	 * Returns the moment to note before the database is asked.
	 */
	public Moment moment() {
		return new Moment(this.invalidations.moment(), System.nanoTime());
	}

	/**
	 * Returns whether what was loaded of a row after that moment is certain to be so
	 * still.
	 */
	public boolean isStillValid(Moment moment, UUID id) {
		long now = System.nanoTime();
		// The pulse comes first, so that every change it stands for is seen.
		return this.enabled && this.pulse.isFreshAt(now) && !this.invalidations.haveReached(id, moment.count())
				&& now - moment.askedAt() <= this.maxAge;
	}

	/**
	 * Returns the number under which changes of a row are told of; some rows share one.
	 */
	public static int place(UUID id) {
		return Invalidations.place(id);
	}

	/**
	 * Returns which function says that.
	 */
	public static int placesVersion() {
		return Invalidations.PLACES_VERSION;
	}

	/**
	 * Says that a row has changed; the change must be committed.
	 */
	public void changed(UUID id) {
		this.invalidations.mark(id);
	}

	/**
	 * When the database was asked.
	 *
	 * @param count the latest change that was known
	 * @param askedAt the machine's monotonic clock
	 */
	public record Moment(long count, long askedAt) {

	}

}
