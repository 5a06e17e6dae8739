package dev.latchkey.oauth;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Enumeration;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Finds the client that makes a request: by the Basic scheme or by the form (RFC 6749
 * section 2.3.1), never by both.
 */
@Component
class ClientGate {

	private static final String BASIC = "Basic ";

	private final Clients clients;

	ClientGate(Clients clients) {
		this.clients = clients;
	}

	/**
	 * Returns the one {@code Authorization} header, or null where there is none.
	 */
	static @Nullable String header(HttpServletRequest request) {
		Enumeration<String> headers = request.getHeaders(HttpHeaders.AUTHORIZATION);
		if (!headers.hasMoreElements()) {
			return null;
		}
		String value = headers.nextElement();
		if (headers.hasMoreElements()) {
			throw OAuthRefusal.invalidRequest("The header Authorization stands there twice.");
		}
		return value;
	}

	/**
	 * Returns the client that proves itself by its secret.
	 * @throws OAuthRefusal if none does
	 */
	Client requireConfidential(OAuthForm form) {
		String header = header(form.request());
		if (header == null) {
			return byForm(form);
		}
		if (form.find("client_secret") != null) {
			throw OAuthRefusal.invalidRequest("The client proves itself in two ways at once.");
		}
		return byHeader(header);
	}

	/**
	 * Returns the client that proves itself by its secret, or says its name if it has
	 * none.
	 * @throws OAuthRefusal if there is no such client
	 */
	Client requireAny(OAuthForm form) {
		String clientId = form.find("client_id");
		if (clientId == null || header(form.request()) != null || form.find("client_secret") != null) {
			return requireConfidential(form);
		}
		return this.clients.find(clientId)
			.filter((client) -> !client.confidential())
			.orElseThrow(OAuthRefusal::invalidClient);
	}

	private Client byForm(OAuthForm form) {
		String clientId = form.find("client_id");
		String secret = form.find("client_secret");
		if (clientId == null || secret == null) {
			throw OAuthRefusal.invalidClient();
		}
		return authenticate(clientId, secret);
	}

	private Client byHeader(String header) {
		if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
			throw OAuthRefusal.invalidClient();
		}
		try {
			String credentials = new String(Base64.getDecoder().decode(header.substring(BASIC.length()).strip()),
					StandardCharsets.UTF_8);
			int colon = credentials.indexOf(':');
			if (colon < 0) {
				throw OAuthRefusal.invalidClient();
			}
			return authenticate(URLDecoder.decode(credentials.substring(0, colon), StandardCharsets.UTF_8),
					URLDecoder.decode(credentials.substring(colon + 1), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			throw OAuthRefusal.invalidClient();
		}
	}

	private Client authenticate(String clientId, String secret) {
		return this.clients.authenticate(clientId, new ClientSecret(secret)).orElseThrow(OAuthRefusal::invalidClient);
	}

}
