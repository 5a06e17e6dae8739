package dev.latchkey.page;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From the consent page a real browser arrives at the application, whatever the answer
 * and wherever the application listens. What leads to a scheme of the application's own,
 * {@code AuthorizationCodeTests} reads on the page: the driver waits for ever for a
 * program that this machine does not have.
 */
@LatchkeyTest
@WithChromium
class WayBackTests {

	/** The example of RFC 7636, appendix B. */
	private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	private final BlockingQueue<String> arrivals = new LinkedBlockingQueue<>();

	private HttpServer elsewhere;

	private HttpServer overIpv4;

	private HttpServer overIpv6;

	@BeforeEach
	void startApplications() throws IOException {
		this.elsewhere = listen("127.0.0.1");
		this.overIpv4 = listen("127.0.0.1");
		this.overIpv6 = listen("::1");
	}

	@AfterEach
	void stopApplications() {
		this.elsewhere.stop(0);
		this.overIpv4.stop(0);
		this.overIpv6.stop(0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theBrowserArrivesAtTheApplicationAfterAllowAndAfterDeny(boolean scripts) throws Exception {
		User user = this.people.user();
		try (Chromium browser = open(scripts)) {
			browser.signIn(user.email(), People.PASSWORD);
			for (String callback : List.of(callback("127.0.0.1", this.overIpv4, "/callback"),
					callback("localhost", this.overIpv4, "/callback"), callback("[::1]", this.overIpv6, "/callback"),
					callback("127.0.0.1", this.overIpv4, "/onward"), callback("[::1]", this.overIpv6, "/onward"))) {
				for (String button : List.of("Allow", "Deny")) {
					ask(browser, callback).press(button);
					String arrived = this.arrivals.poll(20, TimeUnit.SECONDS);
					assertThat(arrived).as("%s after %s", callback, button).isNotNull();
					assertAnswer(arrived, button);
					browser.waitUntilSeen("Back at the application");
				}
			}
		}
	}

	private Chromium open(boolean scripts) {
		return scripts ? Chromium.open(this.http.base()) : Chromium.withoutScripts(this.http.base());
	}

	private Chromium ask(Chromium browser, String callback) {
		this.arrivals.clear();
		Answer client = this.http.post("/api/clients", this.people.raw(this.people.admin(), "*"), """
				{"name":"Parcel Tracker","confidential":false,"grant_types":["authorization_code"],\
				"scopes":["notes:read"],"redirect_uris":["%s"]}""".formatted(callback));
		return browser
			.go(UriComponentsBuilder.fromPath("/oauth2/authorize")
				.queryParam("response_type", "code")
				.queryParam("client_id", client.<String>json("client_id"))
				.queryParam("redirect_uri", "{callback}")
				.queryParam("scope", "notes:read")
				.queryParam("state", "of-the-application")
				.queryParam("code_challenge", CHALLENGE)
				.queryParam("code_challenge_method", "S256")
				.encode()
				.buildAndExpand(callback)
				.toUriString())
			.waitUntilSeen("Allow Parcel Tracker to act for you?");
	}

	private static void assertAnswer(String address, String button) {
		assertThat(address).contains(button.equals("Allow") ? "code=" : "error=access_denied")
			.contains("state=of-the-application");
	}

	private HttpServer listen(String address) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 0);
		server.createContext("/callback", this::arrive);
		server.createContext("/onward", (exchange) -> {
			exchange.getResponseHeaders()
				.add("Location", callback("localhost", this.elsewhere, "/callback") + "?"
						+ exchange.getRequestURI().getRawQuery());
			exchange.sendResponseHeaders(302, -1);
			exchange.close();
		});
		server.start();
		return server;
	}

	private void arrive(HttpExchange exchange) throws IOException {
		byte[] body = "<title>Back</title><p>Back at the application".getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "text/html");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
		this.arrivals.add(exchange.getRequestURI().toString());
	}

	private static String callback(String host, HttpServer server, String path) {
		return "http://%s:%d%s".formatted(host, server.getAddress().getPort(), path);
	}

}
