package dev.latchkey.session;

import java.util.List;

import dev.latchkey.language.Words;
import org.jspecify.annotations.Nullable;

/**
 * What a browser says of itself, by which its owner tells his own sessions apart. It is
 * what the sender likes to say: nothing is decided by it, and of what it says only names
 * that are known here are shown.
 */
final class UserAgent {

	/** More than browsers send. */
	private static final int LONGEST = 300;

	/** Those that name others as well, to be taken for them, come before the others. */
	private static final List<Sign> BROWSERS = List.of(new Sign("Edg/", "Edge"), new Sign("EdgA/", "Edge"),
			new Sign("EdgiOS/", "Edge"), new Sign("OPR/", "Opera"), new Sign("Vivaldi/", "Vivaldi"),
			new Sign("SamsungBrowser/", "Samsung Internet"), new Sign("FxiOS/", "Firefox"),
			new Sign("Firefox/", "Firefox"), new Sign("CriOS/", "Chrome"), new Sign("Chrome/", "Chrome"),
			new Sign("Safari/", "Safari"), new Sign("curl/", "curl"));

	private static final List<Sign> SYSTEMS = List.of(new Sign("Windows", "Windows"), new Sign("Android", "Android"),
			new Sign("iPhone", "iOS"), new Sign("iPad", "iPadOS"), new Sign("Mac OS X", "macOS"),
			new Sign("CrOS", "ChromeOS"), new Sign("Linux", "Linux"));

	private UserAgent() {
	}

	/**
	 * Returns what is kept of a header, or null where there is none: its beginning, and
	 * of that the characters that a browser may send.
	 */
	static @Nullable String kept(@Nullable String header) {
		if (header == null) {
			return null;
		}
		String beginning = header.substring(0, Math.min(header.length(), LONGEST));
		return beginning.replaceAll("[^ -~]", "");
	}

	/**
	 * Returns which browser it is and on what, in words.
	 * @param kept what is kept of the header, or null for nothing
	 */
	static String describe(@Nullable String kept) {
		String said = (kept != null) ? kept : "";
		String browser = find(BROWSERS, said);
		String system = find(SYSTEMS, said);
		String known = (browser != null) ? browser : Words.of("session.browser.unknown");
		return (system != null) ? Words.of("session.browser.on", known, system) : known;
	}

	private static @Nullable String find(List<Sign> signs, String said) {
		return signs.stream().filter((sign) -> said.contains(sign.part())).map(Sign::name).findFirst().orElse(null);
	}

	/**
	 * How something is recognised.
	 *
	 * @param part what stands in the header
	 * @param name what people call it
	 */
	private record Sign(String part, String name) {

	}

}
