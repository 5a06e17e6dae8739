package dev.latchkey.net;

import java.util.Enumeration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import dev.latchkey.value.TokenForm;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request is called in its answer's header, in the log's lines and in the audit.
 * It stands in no body, so that refusals stay alike.
 */
public final class RequestId {

	/** The header that a client may send, and that each answer has. */
	public static final String HEADER = "X-Request-Id";

	/** Under which name the log knows it. */
	static final String LOGGED = "request_id";

	private static final Pattern GOOD = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	private static final String ATTRIBUTE = RequestId.class.getName();

	private RequestId() {
	}

	/**
	 * Returns what the request is called, or null outside the server's own connectors.
	 */
	public static @Nullable String of(ServletRequest request) {
		return (String) request.getAttribute(ATTRIBUTE);
	}

	/**
	 * Names a request: as the client did, if that can be read and is no token, else by
	 * chance. Nothing depends on nobody guessing it.
	 */
	static String name(HttpServletRequest request) {
		Enumeration<String> sent = request.getHeaders(HEADER);
		String first = sent.hasMoreElements() ? sent.nextElement() : null;
		String id = chosen(sent.hasMoreElements() ? null : first);
		request.setAttribute(ATTRIBUTE, id);
		return id;
	}

	/**
	 * Returns the name that a client has sent, or one by chance where there is none that
	 * is good.
	 */
	static String chosen(@Nullable String sent) {
		return (sent != null && isGood(sent)) ? sent : byChance();
	}

	private static boolean isGood(String sent) {
		return GOOD.matcher(sent).matches() && TokenForm.masked(sent).equals(sent);
	}

	private static String byChance() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		HexFormat hex = HexFormat.of();
		return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
	}

}
