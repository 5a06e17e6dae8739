package dev.latchkey.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code Forwarded} (RFC 7239 section 4). A line that is not written by
 * its grammar says nothing but that there was a hop.
 */
final class Rfc7239 {

	private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

	/** Possessive: a long text in quotes must not fill the stack. */
	private static final Pattern PAIR = Pattern
		.compile("(?<name>" + TOKEN + ")=(?:(?<token>" + TOKEN + ")|\"(?<quoted>(?:[^\"\\\\]|\\\\.)*+)\")");

	/** Section 6: the port may be hidden, too. */
	private static final Pattern NODE = Pattern
		.compile("(?:\\[(?<ipv6>[^]]*)]|(?<ipv4>[^:]*))(?::(?:(?<port>[0-9]+)|_[A-Za-z0-9._-]+))?");

	private final List<@Nullable InetAddress> hops = new ArrayList<>();

	private final List<@Nullable String> schemes = new ArrayList<>();

	private final List<@Nullable String> hosts = new ArrayList<>();

	private Rfc7239() {
	}

	static Forwarding read(HttpServletRequest request) {
		Rfc7239 reader = new Rfc7239();
		Enumeration<String> lines = request.getHeaders("Forwarded");
		while (lines.hasMoreElements()) {
			reader.line(lines.nextElement());
		}
		return new Forwarding(reader.hops, reader.schemes, reader.hosts, List.of(), true);
	}

	private void line(String line) {
		List<Map<String, String>> elements = elements(line);
		for (Map<String, String> element : elements.isEmpty() ? List.of(Map.<String, String>of()) : elements) {
			this.hops.add(address(element.get("for")));
			this.schemes.add(element.get("proto"));
			this.hosts.add(element.get("host"));
		}
	}

	/** Returns nothing if the line is not written by the grammar. */
	private static List<Map<String, String>> elements(String line) {
		List<Map<String, String>> elements = new ArrayList<>();
		Map<String, String> element = new HashMap<>();
		Matcher pair = PAIR.matcher(line);
		int at = blanks(line, 0);
		while (at < line.length()) {
			if (!isSeparator(line.charAt(at))) {
				if (!pair.region(at, line.length()).lookingAt() || !keep(pair, element)) {
					return List.of();
				}
				at = blanks(line, pair.end());
			}
			if (at < line.length() && !isSeparator(line.charAt(at))) {
				return List.of();
			}
			if ((at == line.length() || line.charAt(at) == ',') && !element.isEmpty()) {
				elements.add(element);
				element = new HashMap<>();
			}
			at = blanks(line, at + 1);
		}
		if (!element.isEmpty()) {
			elements.add(element);
		}
		return elements;
	}

	/** A name may stand but once. */
	private static boolean keep(Matcher pair, Map<String, String> element) {
		String token = pair.group("token");
		String value = (token != null) ? token : pair.group("quoted").replaceAll("\\\\(.)", "$1");
		return element.put(pair.group("name").toLowerCase(Locale.ROOT), value) == null;
	}

	private static boolean isSeparator(char c) {
		return c == ',' || c == ';';
	}

	private static int blanks(String line, int from) {
		int at = from;
		while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
			at++;
		}
		return at;
	}

	/** A hop that hides, or does not know who asked it, cannot be read. */
	private static @Nullable InetAddress address(@Nullable String node) {
		Matcher matcher = NODE.matcher((node != null) ? node : "");
		if (!matcher.matches() || !HostPort.isPortOrNone(matcher.group("port"))) {
			return null;
		}
		String ipv6 = matcher.group("ipv6");
		if (ipv6 == null) {
			return IpAddress.parse(matcher.group("ipv4")).orElse(null);
		}
		return (ipv6.indexOf(':') >= 0) ? IpAddress.parse(ipv6).orElse(null) : null;
	}

}
