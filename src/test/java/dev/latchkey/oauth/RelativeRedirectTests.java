package dev.latchkey.oauth;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever name and port a proxy asks by, a browser stays where it is: no redirect within
 * this server names the server. Those to applications do name them.
 */
@LatchkeyTest
class RelativeRedirectTests {

	private static final Pattern LOCATION = Pattern.compile("\\r\\nLocation: ([^\\r]*)\\r\\n");

	@Autowired
	private Http http;

	@Autowired
	private Routes routes;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	private String cookie;

	private String asking;

	@BeforeEach
	void signIn() {
		User user = this.people.superuser();
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		this.cookie = "Cookie: latchkey_session=" + visitor.session() + "\r\n";
		Client client = this.apps
			.register(ClientRequest.named("Some App")
				.redirectingTo(this.http.base() + "/back")
				.allowed("notes:read")
				.by("authorization_code"))
			.client();
		this.asking = "/oauth2/authorize?client_id=%s&scope=notes:read&state=s&code_challenge_method=S256&code_challenge=%s&response_type="
			.formatted(client.clientId(), "x".repeat(43));
	}

	@ParameterizedTest
	@CsvSource({ "1.0,127.0.0.1:~", "1.1,127.0.0.1:~", "1.0,tok.example.com", "1.1,tok.example.com",
			"1.1,tok.example.com:99" })
	void noRedirectWithinThisServerNamesIt(String version, String host) {
		Set<String> redirecting = new TreeSet<>();
		for (String credentials : List.of("", this.cookie)) {
			for (Route route : this.routes.all()) {
				check(route.method(), route.path(), version, host, credentials, redirecting);
			}
			check("GET", this.asking + "code", version, host, credentials, redirecting);
			check("POST", "/tokens/new", version, host, credentials, redirecting);
		}
		assertThat(redirecting).contains("/", "/tokens", "/logout", "/oauth2/authorize", "/oauth2/consent");
	}

	@Test
	void anApplicationUnderTheServersNameIsSentTheAnswerWhereItRegistered() {
		for (String version : List.of("1.0", "1.1")) {
			String answer = send("GET", this.asking + "token", version, "127.0.0.1:~", this.cookie);
			assertThat(answer).contains("Location: " + this.http.base() + "/back?error=unsupported_response_type");
		}
	}

	/** What a client repeats of itself is no failure, however long it is. */
	@Test
	void anAddressThatNoHeaderHoldsIsRefused() {
		for (int length : List.of(6_000, 7_700, 9_000, 60_000)) {
			String asked = this.asking.replace("state=s", "state=" + "x".repeat(length));
			String guest = send("GET", asked + "code", "1.1", "127.0.0.1:~", "");
			assertThat(guest).startsWith((length < 8_000) ? "HTTP/1.1 302" : "HTTP/1.1 414");
			String application = send("GET", asked + "token", "1.1", "127.0.0.1:~", this.cookie);
			assertThat(application).startsWith((length < 8_000) ? "HTTP/1.1 302" : "HTTP/1.1 400");
		}
	}

	private void check(String method, String path, String version, String host, String credentials,
			Set<String> redirecting) {
		String answer = send(method, path, version, host, credentials);
		if (answer.startsWith("HTTP/1.1 3")) {
			Matcher location = LOCATION.matcher(answer);
			assertThat(location.find()).as(method + " " + path).isTrue();
			assertThat(location.group(1)).as(method + " " + path).matches("/(?![/\\\\]).*");
			redirecting.add(path.replaceFirst("\\?.*", ""));
			redirecting.add(location.group(1).replaceFirst("\\?.*", ""));
		}
	}

	private String send(String method, String path, String version, String host, String credentials) {
		return this.http
			.raw("%s %s HTTP/%s\r\nHost: %s\r\n%sAccept: text/html\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
				.formatted(method, path, version, host.replace("~", String.valueOf(this.http.port())), credentials));
	}

}
