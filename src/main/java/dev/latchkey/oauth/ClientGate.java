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
 * Finds the client that makes a request, at every endpoint alike: by the Basic scheme or
 * by the form (RFC 6749 section 2.3.1), never by both. A client without a secret says its
 * name, and nothing or nothing but an empty secret beside it.
 */
@Component
class ClientGate {

	private static final String BASIC = "Basic ";

	private static final String CLIENT_ID = "client_id";

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
		Client client = requireAny(form);
		if (!client.confidential()) {
			throw OAuthRefusal.invalidClient();
		}
		return client;
	}

	/**
	 * Returns the client that proves itself by its secret, or says its name if it has
	 * none.
	 * @throws OAuthRefusal if there is no such client
	 */
	Client requireAny(OAuthForm form) {
		return require(read(form));
	}

	/**
	 * Returns the client of that name and secret.
	 * @throws OAuthRefusal if there is no such client
	 */
	Client require(Presented presented) {
		return this.clients.authenticate(presented.clientId(), presented.secret())
			.orElseThrow(OAuthRefusal::invalidClient);
	}

	/**
	 * Reads what a request says of its client.
	 * @throws OAuthRefusal if it says nothing, or two things at once
	 */
	Presented read(OAuthForm form) {
		String header = header(form.request());
		String clientId = form.find(CLIENT_ID);
		String secret = form.find("client_secret");
		if (header == null) {
			return of((clientId != null) ? clientId : "", secret);
		}
		if (secret != null) {
			throw OAuthRefusal.invalidRequest("The client proves itself in two ways at once.");
		}
		Presented presented = byHeader(header);
		if (clientId != null && !clientId.equals(presented.clientId())) {
			throw OAuthRefusal.invalidRequest("The parameter client_id names another client than the header.");
		}
		return presented;
	}

	private static Presented byHeader(String header) {
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
			String secret = URLDecoder.decode(credentials.substring(colon + 1), StandardCharsets.UTF_8);
			return of(URLDecoder.decode(credentials.substring(0, colon), StandardCharsets.UTF_8),
					secret.isEmpty() ? null : secret);
		}
		catch (IllegalArgumentException ex) {
			throw OAuthRefusal.invalidClient();
		}
	}

	private static Presented of(String clientId, @Nullable String secret) {
		if (!ClientFields.isClientId(clientId)) {
			throw OAuthRefusal.invalidClient();
		}
		return new Presented(clientId, (secret != null) ? new ClientSecret(secret) : null);
	}

	/**
	 * What a request says of its client.
	 *
	 * @param clientId the name
	 * @param secret what it says is its secret, or null for nothing
	 */
	record Presented(String clientId, @Nullable ClientSecret secret) {

	}

}
