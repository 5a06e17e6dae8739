package dev.latchkey.net;

import java.util.Locale;
import java.util.Optional;

/**
 * An address under which this server is known.
 *
 * @param secure whether it is spoken to by TLS
 * @param host its name
 * @param port its port
 */
record PublicUrl(boolean secure, String host, int port) {

	private static final String HTTPS = "https://";

	private static final String HTTP = "http://";

	/**
	 * Reads an address without a path; a slash at its end says nothing.
	 */
	static Optional<PublicUrl> parse(String text) {
		String lower = text.toLowerCase(Locale.ROOT);
		boolean secure = lower.startsWith(HTTPS);
		if (!secure && !lower.startsWith(HTTP)) {
			return Optional.empty();
		}
		String rest = lower.substring((secure ? HTTPS : HTTP).length());
		return HostPort.parse(rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest)
			.map((place) -> new PublicUrl(secure, place.host(),
					(place.port() != 0) ? place.port() : Arrival.defaultPort(secure)));
	}

	@Override
	public String toString() {
		return (this.secure ? HTTPS : HTTP) + this.host
				+ ((this.port == Arrival.defaultPort(this.secure)) ? "" : ":" + this.port);
	}

}
