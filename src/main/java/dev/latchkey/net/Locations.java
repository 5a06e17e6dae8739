package dev.latchkey.net;

/**
 * Addresses that an answer sends a client on to, in the header {@code Location} (RFC 9110
 * section 10.2.2).
 */
public final class Locations {

	/** In characters. With a longer one the container could not send the headers. */
	private static final int LONGEST = 8_000;

	private Locations() {
	}

	/**
	 * Returns whether there is room for such an address.
	 */
	public static boolean fits(CharSequence address) {
		return address.length() <= LONGEST;
	}

}
