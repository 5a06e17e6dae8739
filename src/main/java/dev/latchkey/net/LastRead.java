package dev.latchkey.net;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Remembers how a text was read last: a header or an address that nearly every request
 * brings alike is taken apart once.
 *
 * @param <T> as what it is read
 */
final class LastRead<T> {

	private final Function<@Nullable String, @Nullable T> reading;

	/** Read and written without a lock: whichever of two stays, it is a true one. */
	private volatile Reading<T> last;

	LastRead(Function<@Nullable String, @Nullable T> reading) {
		this.reading = reading;
		this.last = new Reading<>(null, reading.apply(null));
	}

	@Nullable T of(@Nullable String text) {
		Reading<T> known = this.last;
		if (text == null || !text.equals(known.text())) {
			known = new Reading<>(text, this.reading.apply(text));
			this.last = known;
		}
		return known.value();
	}

	private record Reading<T>(@Nullable String text, @Nullable T value) {

	}

}
