package dev.latchkey.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How addresses are read and written. Read is what RFC 4291 section 2.2 knows and what
 * dotted decimals are, and nothing else; written is what RFC 5952 recommends. An IPv4
 * address mapped into IPv6 is the IPv4 address.
 */
public final class IpAddress {

	private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

	private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";

	private static final String GROUP = "[0-9A-Fa-f]{0,4}";

	/**
	 * No name may get through, it would be looked up; what has a colon, Java never does.
	 * It counts the groups, too.
	 */
	private static final Pattern LITERAL = Pattern
		.compile(IPV4 + "|(?:" + GROUP + ":){2,8}(?:" + GROUP + "|" + IPV4 + ")");

	private static final int GROUPS = 8;

	private IpAddress() {
	}

	/**
	 * Reads an address. No name is ever looked up.
	 */
	public static Optional<InetAddress> parse(@Nullable String text) {
		if (text == null || !LITERAL.matcher(text).matches()) {
			return Optional.empty();
		}
		try {
			return Optional.of(InetAddress.getByName(text));
		}
		catch (UnknownHostException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Writes an address.
	 */
	public static String text(InetAddress address) {
		return (address instanceof Inet4Address) ? address.getHostAddress() : compressed(address.getAddress());
	}

	/**
	 * Writes what was kept in a longer form as it is written now; what is no address
	 * stays.
	 */
	public static @Nullable String rewritten(@Nullable String kept) {
		return parse(kept).map(IpAddress::text).orElse(kept);
	}

	/** The longest run of zeros, the first of several, gives way (section 4.2). */
	private static String compressed(byte[] bytes) {
		int[] groups = new int[GROUPS];
		for (int i = 0; i < GROUPS; i++) {
			groups[i] = (bytes[2 * i] & 0xff) << Byte.SIZE | (bytes[2 * i + 1] & 0xff);
		}
		int gap = GROUPS;
		int length = 1;
		for (int from = 0; from < GROUPS; from++) {
			int to = from;
			while (to < GROUPS && groups[to] == 0) {
				to++;
			}
			if (to - from > length) {
				gap = from;
				length = to - from;
			}
		}
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < GROUPS; i++) {
			if (i == gap) {
				text.append("::");
				i += length - 1;
			}
			else {
				text.append((i == 0 || i == gap + length) ? "" : ":").append(Integer.toHexString(groups[i]));
			}
		}
		return text.toString();
	}

}
