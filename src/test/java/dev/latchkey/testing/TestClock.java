package dev.latchkey.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The server's clock under test: it runs with the machine's until a test stops it.
 */
public class TestClock extends Clock {

	private volatile Instant stopped;

	/**
	 * Stops the clock at this moment.
	 */
	public Instant stop() {
		return stopAt(Instant.now());
	}

	/**
	 * Stops the clock at the given moment.
	 */
	public Instant stopAt(Instant moment) {
		this.stopped = moment.truncatedTo(ChronoUnit.MICROS);
		return this.stopped;
	}

	/**
	 * Moves the stopped clock on; stops a running one first.
	 */
	public Instant advance(Duration duration) {
		return stopAt(instant().plus(duration));
	}

	/**
	 * Lets the clock run with the machine's again.
	 */
	public void run() {
		this.stopped = null;
	}

	@Override
	public Instant instant() {
		Instant moment = this.stopped;
		return (moment != null) ? moment : Instant.now().truncatedTo(ChronoUnit.MICROS);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new IllegalArgumentException("Only UTC");
	}

}
