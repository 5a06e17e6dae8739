package dev.latchkey.value;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes ids that rise with time, so that an index of them grows at one end: version 7 of
 * RFC 9562. The milliseconds stand first, then in twelve bits what part of one has
 * passed, then chance. Those that one machine makes rise without exception (method 3 of
 * section 6.2).
 */
public final class OrderedIds {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int FRACTION_BITS = 12;

	private static final long FRACTION = (1L << FRACTION_BITS) - 1;

	private static final long MICROS_OF_A_MILLI = 1000;

	private static final long VERSION = 0x7000L;

	private static final long VARIANT = 0x8000_0000_0000_0000L;

	private static final long WITHOUT_VARIANT = 0x3FFF_FFFF_FFFF_FFFFL;

	private static final AtomicLong LATEST = new AtomicLong();

	private OrderedIds() {
	}

	/**
	 * Returns a new one.
	 * @param now the moment that it bears, or a later one if some were made for that
	 */
	public static UUID next(Instant now) {
		long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
		long millis = Math.floorDiv(micros, MICROS_OF_A_MILLI);
		long fraction = (Math.floorMod(micros, MICROS_OF_A_MILLI) << FRACTION_BITS) / MICROS_OF_A_MILLI;
		long ticks = (millis << FRACTION_BITS) | fraction;
		return at(LATEST.updateAndGet((latest) -> Math.max(ticks, latest + 1)), RANDOM.nextLong());
	}

	static UUID at(long ticks, long random) {
		long time = (ticks & ~FRACTION) << (Short.SIZE - FRACTION_BITS);
		return new UUID(time | VERSION | (ticks & FRACTION), (random & WITHOUT_VARIANT) | VARIANT);
	}

}
