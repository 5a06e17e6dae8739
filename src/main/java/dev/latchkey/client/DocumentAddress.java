package dev.latchkey.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of a client's document, which is the name of that client. It is compared
 * character by character.
 *
 * @param text the address as it was given
 * @param host its host in lower case; an address of IPv6 in brackets
 * @param port its port
 * @param target its path and query
 */
record DocumentAddress(String text, String host, int port, String target) {

	private static final String HTTPS = "https://";

	private static final int TLS = 443;

	private static final int LAST_PORT = 65535;

	/** It stands with every token of the client. */
	private static final int MAX_LENGTH = 200;

	private static final Pattern FORM = Pattern.compile("[!-~&&[^\"<>\\\\^`{|}*]]+");

	/** What lies behind an address is for the settings to vouch for. */
	private static final Pattern LITERAL = Pattern.compile("[0-9.]+|0x.*|.*\\.(?:[0-9]+|0x[0-9a-f]*)|\\[.*");

	/**
	 * Returns whether a client's name is an address, before anything else is said of it.
	 * What has other characters is looked up nowhere.
	 */
	static boolean isOne(String clientId) {
		return clientId.length() <= MAX_LENGTH && clientId.startsWith(HTTPS) && FORM.matcher(clientId).matches();
	}

	/**
	 * Reads an address: with a path, and without fragment, user name and dot segments.
	 */
	static Optional<DocumentAddress> parse(String text) {
		if (!isOne(text)) {
			return Optional.empty();
		}
		try {
			URI uri = new URI(text);
			String path = uri.getRawPath();
			if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null || path == null
					|| path.length() < 2 || uri.getPort() == 0 || uri.getPort() > LAST_PORT || hasDots(path)) {
				return Optional.empty();
			}
			return Optional.of(new DocumentAddress(text, uri.getHost().toLowerCase(Locale.ROOT),
					(uri.getPort() < 0) ? TLS : uri.getPort(),
					(uri.getRawQuery() != null) ? path + "?" + uri.getRawQuery() : path));
		}
		catch (URISyntaxException ex) {
			return Optional.empty();
		}
	}

	private static boolean hasDots(String path) {
		return Arrays.stream(path.split("/", -1))
			.map((step) -> step.toLowerCase(Locale.ROOT).replace("%2e", "."))
			.anyMatch((step) -> step.equals(".") || step.equals(".."));
	}

	/** Whether the host is no name, in any way to write an address. */
	boolean isLiteral() {
		return LITERAL.matcher(this.host).matches();
	}

	/** The host as it is looked up and as certificates name it. */
	String hostName() {
		return this.host.startsWith("[") ? this.host.substring(1, this.host.length() - 1) : this.host;
	}

	/** The host as people and the header {@code Host} write it. */
	String authority() {
		return (this.port == TLS) ? this.host : this.host + ":" + this.port;
	}

}
