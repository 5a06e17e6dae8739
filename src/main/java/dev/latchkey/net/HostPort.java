package dev.latchkey.net;

import java.net.Inet6Address;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A name or address with a port or without, as it stands in a {@code Host} header (RFC
 * 9110 section 7.2).
 *
 * @param host the name in lower case, or the address; one of IPv6 in brackets
 * @param port the port, or 0 where none is written
 */
record HostPort(String host, int port) {

	/** Possessive: a name of thousands of parts must not fill the stack. */
	private static final Pattern FORM = Pattern
		.compile("(?:\\[(?<address>[0-9A-Fa-f:.]+)]|(?<name>[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*+)\\.?)"
				+ "(?::(?<port>[0-9]{0,5}))?");

	private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

	private static final int LONGEST_NAME = 253;

	private static final int LAST_PORT = 65535;

	/**
	 * Reads what a header says; empty where that is no host.
	 */
	static Optional<HostPort> parse(@Nullable String text) {
		if (text == null) {
			return Optional.empty();
		}
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		String digits = matcher.group("port");
		int port = (digits == null || digits.isEmpty()) ? 0 : port(digits);
		Optional<String> host = host(matcher.group("address"), matcher.group("name"));
		return (port < 0) ? Optional.empty() : host.map((found) -> new HostPort(found, port));
	}

	/**
	 * Reads a port; -1 where that is none.
	 */
	static int port(String digits) {
		int port = PORT.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
		return (port >= 1 && port <= LAST_PORT) ? port : -1;
	}

	static boolean isPortOrNone(@Nullable String digits) {
		return digits == null || port(digits) > 0;
	}

	private static Optional<String> host(@Nullable String address, @Nullable String name) {
		if (name != null) {
			return (name.length() <= LONGEST_NAME) ? Optional.of(name.toLowerCase(Locale.ROOT)) : Optional.empty();
		}
		return IpAddress.parse(address)
			.map((found) -> (found instanceof Inet6Address) ? "[" + IpAddress.text(found) + "]"
					: IpAddress.text(found));
	}

}
