package dev.latchkey.introspection;

import java.net.InetAddress;

import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.net.Arrival;
import dev.latchkey.net.IpAddress;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What somebody wants to know of a token.
 *
 * @param token the token, as it was presented to whoever asks
 * @param address from where, or null where that is not known
 * @param asking whether what is remembered is not enough, since the client has sent
 * {@code Cache-Control: no-cache}
 */
public record Question(String token, @Nullable InetAddress address, boolean asking) {

	/**
	 * Reads it.
	 * @throws OAuthException if it is none
	 */
	public static Question of(OAuthForm form) {
		return new Question(form.require("token"), address(form), isAsking(form.request()));
	}

	/**
	 * Returns whether what is remembered is not enough for who sent the request.
	 */
	public static boolean isAsking(HttpServletRequest request) {
		return CacheControl.isNoCache(request.getHeaders(HttpHeaders.CACHE_CONTROL));
	}

	/**
	 * A token that is bound to addresses is good only from there. The resource server
	 * says from where it was presented (RFC 7662 section 2.1); if it does not, its own
	 * address counts.
	 */
	private static @Nullable InetAddress address(OAuthForm form) {
		String given = form.find("client_ip");
		return (given != null)
				? IpAddress.parse(given)
					.orElseThrow(() -> OAuthException.invalidRequest("The parameter client_ip is no address."))
				: Arrival.address(form.request());
	}

	/** The token stays where it is. */
	@Override
	public String toString() {
		return "Question[****]";
	}

}
