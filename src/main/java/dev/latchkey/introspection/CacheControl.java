package dev.latchkey.introspection;

import java.util.Enumeration;
import java.util.Locale;

/**
 * Reads {@code Cache-Control} of a request (RFC 9111 section 5.2): directives in a list
 * that may stand in several headers, their names in any case, some with an argument that
 * may be quoted.
 */
final class CacheControl {

	private static final String NO_CACHE = "no-cache";

	private CacheControl() {
	}

	/**
	 * Returns whether the client does not want to be answered from memory. A directive
	 * with an argument that it should not have is that directive; what stands in another
	 * one's quotes is none.
	 */
	static boolean isNoCache(Enumeration<String> headers) {
		while (headers.hasMoreElements()) {
			if (hasNoCache(headers.nextElement())) {
				return true;
			}
		}
		return false;
	}

	private static boolean hasNoCache(String header) {
		boolean quoted = false;
		int start = 0;
		for (int i = 0; i < header.length(); i++) {
			char c = header.charAt(i);
			if (quoted && c == '\\') {
				i++;
			}
			else if (c == '"') {
				quoted = !quoted;
			}
			else if (c == ',' && !quoted) {
				if (isNoCache(header.substring(start, i))) {
					return true;
				}
				start = i + 1;
			}
		}
		return isNoCache(header.substring(start));
	}

	private static boolean isNoCache(String directive) {
		int equals = directive.indexOf('=');
		String name = (equals < 0) ? directive : directive.substring(0, equals);
		return name.strip().toLowerCase(Locale.ROOT).equals(NO_CACHE);
	}

}
