package dev.latchkey.value;

/**
 * How far lists are counted and leafed through. The total of a long one would cost more
 * than the page that is shown, each time: beyond a bound it says only that there is more.
 * So would what has to be passed over on the way to a late page.
 */
public final class Totals {

	/** Up to so many, a total is exact. */
	public static final int EXACT = 10_000;

	/** So many rows are counted at most: one more says that there are more. */
	public static final int COUNTED = EXACT + 1;

	/** So many items stand before a page at most. */
	public static final int BEFORE = 100_000;

	private Totals() {
	}

	/**
	 * Returns the total that goes with a page. Where there are too many to be counted it
	 * is never less than what whoever leafs through has seen, so that nobody stops early.
	 * @param counted how many were counted, up to {@link #COUNTED}
	 * @param before how many stand before the page
	 * @param shown how many stand on it
	 * @param size how many there is room for
	 */
	public static long of(long counted, long before, int shown, int size) {
		if (counted <= EXACT || shown == 0) {
			return counted;
		}
		return Math.max(counted, before + shown + ((shown == size) ? 1 : 0));
	}

}
