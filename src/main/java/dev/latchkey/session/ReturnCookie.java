package dev.latchkey.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.WebUtils;

/**
 * The page that somebody without a session asked for, and what he had typed there: his
 * own browser keeps both, so that coming without a session leaves no row. They may come
 * back changed, so that only what leads to this server is taken. Applications send long
 * addresses, and browsers keep no cookie over 4,096 bytes, so there are two.
 */
final class ReturnCookie {

	private static final String[] NAMES = { "latchkey_return", "latchkey_return_2" };

	private static final int PART = 3_500;

	/**
	 * What must be escaped in a cookie (RFC 6265 section 4.1.1), or begins a fragment.
	 */
	private static final Pattern OTHER = Pattern.compile("[^!$-+\\--:<-\\[\\]-~]");

	/**
	 * A path of this server: after two slashes a browser reads the name of another host.
	 */
	private static final Pattern OWN = Pattern.compile("/(?![/\\\\])[^#]*(#[^#]*)?");

	private static final String FORM = "#";

	private static final Duration AGE = Duration.ofHours(1);

	private ReturnCookie() {
	}

	/**
	 * Keeps an address and the fields of a form, if there is room for them.
	 */
	static void write(HttpServletRequest request, HttpServletResponse response, String address, String typed) {
		String plain = OTHER.matcher(address)
			.replaceAll((other) -> UriUtils.encode(other.group(), StandardCharsets.UTF_8));
		String all = plain + FORM + typed;
		String kept = (all.length() <= NAMES.length * PART) ? all : plain + FORM;
		if (kept.length() > NAMES.length * PART) {
			clear(request, response);
			return;
		}
		for (int i = 0; i < NAMES.length; i++) {
			int begin = Math.min(i * PART, kept.length());
			set(request, response, NAMES[i], kept.substring(begin, Math.min(begin + PART, kept.length())));
		}
	}

	/**
	 * Returns the address that is kept, or null.
	 */
	static @Nullable String address(HttpServletRequest request) {
		String kept = read(request);
		return (kept != null) ? kept.split(FORM, 2)[0] : null;
	}

	/**
	 * Returns the form that is kept, which may have no fields.
	 */
	static String typed(HttpServletRequest request) {
		String kept = read(request);
		int end = (kept != null) ? kept.indexOf(FORM) : -1;
		return (kept != null && end >= 0) ? kept.substring(end + 1) : "";
	}

	/**
	 * Forgets both.
	 */
	static void clear(HttpServletRequest request, HttpServletResponse response) {
		for (String name : NAMES) {
			set(request, response, name, "");
		}
	}

	private static @Nullable String read(HttpServletRequest request) {
		StringBuilder kept = new StringBuilder();
		for (String name : NAMES) {
			Cookie cookie = WebUtils.getCookie(request, SessionCookie.name(request, name));
			kept.append((cookie != null) ? cookie.getValue() : "");
		}
		return OWN.matcher(kept).matches() ? kept.toString() : null;
	}

	/** One that is empty goes, if it was there. */
	private static void set(HttpServletRequest request, HttpServletResponse response, String name, String value) {
		String full = SessionCookie.name(request, name);
		if (value.isEmpty() && WebUtils.getCookie(request, full) == null) {
			return;
		}
		response.addHeader(HttpHeaders.SET_COOKIE,
				ResponseCookie.from(full, value)
					.path("/")
					.httpOnly(true)
					.secure(request.isSecure())
					.sameSite("Lax")
					.maxAge(value.isEmpty() ? Duration.ZERO : AGE)
					.build()
					.toString());
	}

}
