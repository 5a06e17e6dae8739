package dev.latchkey.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.latchkey.value.Sha256;
import org.jspecify.annotations.Nullable;

import org.springframework.session.SessionIdGenerator;

/**
 * Makes ids of sessions in two forms: 256 random bits for the cookie, their SHA-256 for
 * the database. So much randomness needs no slow hash.
 */
class SessionIds implements SessionIdGenerator {

	private static final int BYTES = 32;

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

	private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

	private final SecureRandom random = new SecureRandom();

	/**
	 * The store asks for an id and keeps only what it was given, so the cookie's form
	 * waits here for the one who made the store ask, on the same thread.
	 */
	private final ThreadLocal<@Nullable String> latest = new ThreadLocal<>();

	@Override
	public String generate() {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		String raw = BASE64.encodeToString(bytes);
		this.latest.set(raw);
		return digest(raw);
	}

	/**
	 * Returns the cookie's form of the id that was just made.
	 */
	String takeLatest() {
		String raw = Objects.requireNonNull(this.latest.get());
		this.latest.remove();
		return raw;
	}

	/**
	 * Returns whether it has the form of what a cookie holds.
	 */
	static boolean isOne(String raw) {
		return FORM.matcher(raw).matches();
	}

	static String digest(String raw) {
		return BASE64.encodeToString(Sha256.of(raw));
	}

}
