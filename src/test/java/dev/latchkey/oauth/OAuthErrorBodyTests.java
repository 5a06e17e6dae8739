package dev.latchkey.oauth;

import java.util.List;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever refuses a request to an endpoint of OAuth, a filter or the container: the body
 * has the member {@code error}, where clients look.
 */
@LatchkeyTest
class OAuthErrorBodyTests {

	private static final List<String> PATHS = List.of("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke",
			"/oauth2/jwks", "/.well-known/oauth-authorization-server", "/.well-known/oauth-protected-resource",
			"/security/generate-token", "/security/refresh-token");

	@Autowired
	private Http http;

	@ParameterizedTest
	@ValueSource(strings = { "X: a\001b", "Nocolon", "Content-Length: x", "Transfer-Encoding: odd", "Host: b",
			"X: LONG", "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\na=1" })
	void aHeaderThatIsRefused(String header) {
		for (String path : PATHS) {
			assertRefused("POST " + path, header.replace("LONG", "a".repeat(70_000)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "%2f", "%5c", "%zz", "%00", "%ff", "//x", "/./x", ";x", "?%" })
	void anAddressThatIsRefused(String end) {
		for (String path : PATHS) {
			if (!end.equals("?%") || path.matches("/oauth2/(token|introspect|revoke)")) {
				assertRefused("POST " + path + end, "Content-Length: 0");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "scope=%ff", "scope=%zz", "scope=%00", "MANY", "a=LONG", "scope=%C3%28" })
	void aFormThatIsRefused(String form) {
		String body = form.replace("MANY", "a=1&".repeat(1100)).replace("LONG", "a".repeat(70_000));
		for (String path : List.of("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke")) {
			assertRefused("POST " + path, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
					+ body.length() + "\r\n\r\n" + body);
		}
	}

	@Test
	void aPageIsShownWhateverStandsBesideItsTypeInWhatIsAccepted() {
		for (String accept : List.of("text/html", "a: b, text/html;q=0.9", "text/html;q=x")) {
			assertThat(this.http.raw("GET /oauth2/authorize?client_id=nobody HTTP/1.1\r\nHost: localhost\r\n"
					+ "Connection: close\r\nAccept: " + accept + "\r\n\r\n"))
				.as(accept)
				.startsWith("HTTP/1.1 400")
				.contains("<h1>");
		}
	}

	private void assertRefused(String request, String rest) {
		assertThat(this.http.raw(request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + rest + "\r\n\r\n"))
			.as(request + " " + rest.substring(0, Math.min(rest.length(), 60)))
			.matches("(?s)HTTP/1\\.1 (4\\d\\d|501) .*")
			.contains("\"error\":\"");
	}

}
