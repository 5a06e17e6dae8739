package dev.latchkey.gateway;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.TreeSet;

import dev.latchkey.caller.Caller;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Writes who is calling as headers for the service behind the proxy.
 */
final class IdentityHeaders {

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private IdentityHeaders() {
	}

	static void write(Caller caller, HttpServletResponse response) {
		response.setHeader("X-Auth-User-Id", caller.userId().toString());
		response.setHeader("X-Auth-User", safe(caller.user().email()));
		response.setHeader("X-Auth-Scopes", String.join(" ", new TreeSet<>(caller.rights())));
		response.setHeader("X-Auth-Token-Id", caller.currentToken().orElseThrow().id().toString());
	}

	/**
	 * Writes what is not visible ASCII, and the percent sign, as the percent-encoded
	 * bytes of UTF-8: nothing can end the header or begin another one, and nothing is
	 * lost.
	 */
	static String safe(String value) {
		if (value.chars().allMatch((c) -> c > ' ' && c < 0x7f && c != '%')) {
			return value;
		}
		StringBuilder encoded = new StringBuilder();
		for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
			if (b > ' ' && b < 0x7f && b != '%') {
				encoded.append((char) b);
			}
			else {
				encoded.append('%').append(HEX.toHexDigits(b));
			}
		}
		return encoded.toString();
	}

}
