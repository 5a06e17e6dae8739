package dev.latchkey.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers that have no standard: {@code X-Forwarded-For}, {@code -Proto},
 * {@code -Host} and {@code -Port}.
 */
final class XForwarded {

	/** An address alone, or with the port from which it came. */
	private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^]]*)]|([^:]*))(?::([0-9]+))?");

	private XForwarded() {
	}

	static Forwarding read(HttpServletRequest request) {
		List<@Nullable InetAddress> hops = new ArrayList<>();
		for (String entry : entries(request, "X-Forwarded-For")) {
			hops.add(address(entry));
		}
		return new Forwarding(hops, entries(request, "X-Forwarded-Proto"), entries(request, "X-Forwarded-Host"),
				entries(request, "X-Forwarded-Port"), false);
	}

	/** Several headers are one list (RFC 9110 section 5.3). */
	private static List<@Nullable String> entries(HttpServletRequest request, String header) {
		List<@Nullable String> entries = new ArrayList<>();
		Enumeration<String> lines = request.getHeaders(header);
		while (lines.hasMoreElements()) {
			for (String entry : lines.nextElement().split(",", -1)) {
				entries.add(entry.strip());
			}
		}
		return entries;
	}

	private static @Nullable InetAddress address(String entry) {
		InetAddress alone = IpAddress.parse(entry).orElse(null);
		Matcher matcher = WITH_PORT.matcher(entry);
		if (alone != null || !matcher.matches() || !HostPort.isPortOrNone(matcher.group(3))) {
			return alone;
		}
		String inBrackets = matcher.group(1);
		boolean ipv6 = inBrackets != null && inBrackets.indexOf(':') >= 0;
		return IpAddress.parse(ipv6 ? inBrackets : matcher.group(2)).orElse(null);
	}

}
