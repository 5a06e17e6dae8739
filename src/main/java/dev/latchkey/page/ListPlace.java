package dev.latchkey.page;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Where in a list somebody is: its filter, its order and its page, as they stand in the
 * address. What is asked about an entry carries it along in the field {@link #FIELD}, so
 * that the act leads back there.
 */
public final class ListPlace {

	/** What the field is called in forms and addresses. */
	public static final String FIELD = "list";

	/** What lists are asked for, and nothing else that a link may bring. */
	private static final Set<String> NAMES = Set.of("state", "q", "sort", "page", "owner", "scope", "resource",
			"unused_since", "expires_before");

	private static final int MAX_LENGTH = 4_000;

	private ListPlace() {
	}

	/**
	 * Writes a place.
	 * @param namesAndValues what the list is asked for, in turn; what is empty is left
	 * out
	 */
	public static String of(String... namesAndValues) {
		StringJoiner place = new StringJoiner("&");
		for (int i = 0; i < namesAndValues.length; i += 2) {
			if (!namesAndValues[i + 1].isEmpty()) {
				place.add(namesAndValues[i] + "=" + encode(namesAndValues[i + 1]));
			}
		}
		return place.toString();
	}

	/**
	 * Returns the address of that place in a list. Of what was not written here, or too
	 * much, nothing is left.
	 * @param address the address of the list
	 * @param place the place, or null for its beginning
	 */
	public static String in(String address, @Nullable String place) {
		if (place == null || isTooLong(place)) {
			return address;
		}
		StringJoiner query = new StringJoiner("&", address + "?", "").setEmptyValue(address);
		for (String part : StringUtils.delimitedListToStringArray(place, "&")) {
			int sign = part.indexOf('=');
			if (sign > 0 && NAMES.contains(part.substring(0, sign))) {
				add(query, part.substring(0, sign), part.substring(sign + 1));
			}
		}
		return isTooLong(query.toString()) ? address : query.toString();
	}

	/**
	 * Returns the address of the page of an entry, which carries the place along.
	 * @param address the page
	 * @param place the place, or null for the beginning of the list
	 */
	public static String carriedTo(String address, @Nullable String place) {
		String carried = (place != null) ? of(FIELD, place) : "";
		return (carried.isEmpty() || isTooLong(carried)) ? address : address + "?" + carried;
	}

	/** An answer's header has to hold it. */
	private static boolean isTooLong(String written) {
		return written.length() > MAX_LENGTH;
	}

	private static void add(StringJoiner query, String name, String encoded) {
		try {
			query.add(name + "=" + encode(URLDecoder.decode(encoded, StandardCharsets.UTF_8)));
		}
		catch (IllegalArgumentException ex) {
			// A percent sign that begins nothing: somebody else wrote this.
		}
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
