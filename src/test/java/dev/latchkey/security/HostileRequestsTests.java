package dev.latchkey.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.Inputs;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of all routes with whatever changes, as bytes: none breaks the server, none
 * gets in, none makes it tell a secret, and meanwhile no good token is refused.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
class HostileRequestsTests {

	private static final int ROUNDS = 6;

	private static final int REQUESTS_A_ROUND = 500;

	/** One in so many is a good one of somebody who has nothing to do with the rest. */
	private static final int GOOD = 25;

	private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 ([0-9]{3}) ", Pattern.MULTILINE);

	/** A client may call a request as it likes, but by a whole token. */
	private static final Pattern CALLED = Pattern.compile("(?im)^X-Request-Id: .*$");

	/** The form that a guest has sent, which his own browser keeps. */
	private static final Pattern KEPT = Pattern.compile("^Set-Cookie: latchkey_return.*$", Pattern.MULTILINE);

	/** Of fixed length, so that it can be set right after a change of the body. */
	private static final String LENGTH = "Content-Length: 000000";

	private static final String FORM = Forms.TYPE;

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Routes routes;

	@Test
	void noneBreaksTheServerOrGetsInOrMakesItTellASecret(CapturedOutput output) {
		String good = this.people.raw(this.people.user(), "user:read");
		int before = output.getAll().length();
		Set<String> open = openPaths();
		assertThat(open).contains("/api/scopes", "/api/login").doesNotContain("/api/user", "/tokens", "/forward-auth");
		for (int round = 0; round < Inputs.longer(ROUNDS); round++) {
			Target target = new Target();
			// Of one order, or the same seed would draw something else each time.
			List<byte[]> samples = this.routes.all()
				.stream()
				// Nobody waits here for the end of a stream.
				.filter((route) -> !route.path().equals("/changes"))
				.sorted(Comparator.comparing(Route::toString))
				.flatMap((route) -> target.samples(route).stream())
				.toList();
			int first = round * REQUESTS_A_ROUND;
			IntStream.range(first, first + REQUESTS_A_ROUND)
				.parallel()
				.forEach((number) -> Inputs.one(number, (random) -> {
					if (number % GOOD == 0) {
						assertThat(this.http.get("/api/user", good).status()).isEqualTo(200);
					}
					attack(target, samples, open, random);
				}));
			assertThat(output.getAll().substring(before)).doesNotContain(target.secrets()).doesNotContain(" ERROR ");
		}
	}

	/** Bytes that are no text once the mask is off. */
	@Test
	void aCsrfTokenThatCannotBeReadIsNone() {
		Visitor visitor = new Visitor(this.http.base()).signIn(this.people.user());
		visitor.get("/tokens");
		byte[] bytes = new byte[72];
		Arrays.fill(bytes, 36, 72, (byte) 0xFF);
		String token = Base64.getUrlEncoder().encodeToString(bytes);
		Set<String> refused = new HashSet<>();
		for (Route route : this.routes.all()) {
			if (route.changes()) {
				Answer answer = this.http.send(route.method(), route.path(), "_csrf=" + token,
						Map.of("Cookie", List.of("latchkey_session=" + visitor.session()), "X-CSRF-TOKEN",
								List.of(token), "Content-Type", List.of(FORM)));
				assertThat(answer.status()).as(route + answer.body()).isLessThan(500);
				if (answer.status() == 403) {
					refused.add(route.toString());
				}
			}
		}
		assertThat(refused).contains(new Route("POST", "/tokens/new").toString(),
				new Route("POST", "/account").toString(), new Route("POST", "/api/tokens").toString());
	}

	private void attack(Target target, List<byte[]> samples, Set<String> open, SplittableRandom random) {
		byte[] request = withItsLength(Inputs.changed(random, samples));
		String sent = new String(request, StandardCharsets.ISO_8859_1);
		String answer = send(request);
		Matcher status = STATUS.matcher(answer);
		while (status.find()) {
			int code = Integer.parseInt(status.group(1));
			if (code == 503) {
				assertThat(answer).as(sent).contains("Retry-After");
			}
			assertThat(code).as("%s%n%n%s", sent, answer).isNotIn(500, 502, 504).isGreaterThanOrEqualTo(200);
			if (code < 300 && !target.isProvenBy(sent)) {
				assertThat(path(sent)).as("%s%n%n%s", sent, answer).isIn(open);
			}
		}
		assertThat(answer).as(sent).doesNotContain(target.token);
		assertThat(CALLED.matcher(KEPT.matcher(answer).replaceAll("")).replaceAll("")).as(sent)
			.doesNotContain("\tat ", "Exception:", target.token.substring(8, 30));
		if (!target.isProvenBy(sent) && !sent.contains(target.user.email())) {
			assertThat(answer).as(sent).doesNotContain(target.user.email());
		}
	}

	/** Where a guest is told to sign in, or that he may not, is no open path. */
	private Set<String> openPaths() {
		Set<String> open = new HashSet<>();
		for (Route route : this.routes.all()) {
			String answer = send(
					withItsLength(request(route, "", "{}", "application/json", "").getBytes(StandardCharsets.UTF_8)));
			Matcher status = STATUS.matcher(answer);
			assertThat(status.find()).as(route + answer).isTrue();
			if (!List.of("401", "403", "302").contains(status.group(1))) {
				open.add(route.path());
			}
		}
		return open;
	}

	private String request(Route route, String query, String body, String type, String headers) {
		return """
				%s %s%s HTTP/1.1
				Host: localhost:%d
				Connection: close
				Accept: application/json, text/html;q=0.9
				Content-Type: %s
				X-Forwarded-For: 203.0.113.9, 10.0.0.1
				X-Forwarded-Proto: https
				Forwarded: for="[2001:db8::9]:80";proto=https
				X-Request-Id: a-request
				%s
				%s

				""".formatted(route.method(), route.path(), query, this.http.port(), type, LENGTH, headers)
			.replace("\n\n\n", "\n\n")
			.replace("\n", "\r\n") + body;
	}

	private static byte[] withItsLength(byte[] request) {
		String text = new String(request, StandardCharsets.ISO_8859_1);
		int body = text.indexOf("\r\n\r\n");
		if (body < 0) {
			return request;
		}
		String length = LENGTH.replace("000000", "%06d".formatted(text.length() - body - 4));
		return text.replace(LENGTH, length).getBytes(StandardCharsets.ISO_8859_1);
	}

	/**
	 * What is asked, as the first line says it: the container takes several blanks for
	 * one.
	 */
	private static String path(String request) {
		String[] line = request.stripLeading().split("\\s+", 3);
		return (line.length > 1) ? line[1].replaceFirst("^http://[^/]*", "").split("[?#]", 2)[0] : "";
	}

	/** Says at once that no more comes, so that nobody waits for the rest. */
	private String send(byte[] request) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.http.port())) {
			socket.setSoTimeout(60_000);
			try {
				socket.getOutputStream().write(request);
				socket.shutdownOutput();
				return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (SocketException ex) {
				// The server has heard enough.
				return "";
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Somebody who may do everything, with all that proves who it is: after some hundred
	 * requests some of it has been revoked.
	 */
	private final class Target {

		private final User user = HostileRequestsTests.this.people.superuser();

		private final String token = HostileRequestsTests.this.people.raw(this.user, "*");

		private final Visitor visitor = new Visitor(HostileRequestsTests.this.http.base()).signIn(this.user);

		private final String secret;

		private final String client;

		private Target() {
			Answer made = HostileRequestsTests.this.http.post("/api/clients", this.token,
					"{\"name\":\"c\",\"grant_types\":[\"client_credentials\",\"password\"],\"role\":\"USER\",\"scopes\":[\"user:read\"]}");
			assertThat(made.status()).as(made.body()).isEqualTo(201);
			this.secret = made.json("client_secret");
			this.client = made.json("client_id");
			this.visitor.get("/tokens");
		}

		private String[] secrets() {
			return new String[] { this.token.substring(8, 30), this.token.substring(25, 45),
					this.visitor.session().substring(5, 30), this.secret.substring(5, 25) };
		}

		/** Byte for byte: what was changed proves nothing. */
		private boolean isProvenBy(String sent) {
			return sent.contains(this.token) || sent.contains(this.visitor.session()) || sent.contains(this.secret)
					|| sent.contains(People.PASSWORD);
		}

		/** As a guest, with the token, with the session. */
		private List<byte[]> samples(Route route) {
			boolean form = !route.path().startsWith("/api/") && !route.path().startsWith("/security/");
			String body = !route.changes() ? "" : form ? form() : json(route.path());
			String type = form ? FORM : "application/json";
			String query = (route.method().equals("GET") && route.path().startsWith("/api/")) ? "?page=0&size=5" : "";
			List<String> samples = new ArrayList<>();
			samples.add(request(route, query, body, type, ""));
			samples.add(request(route, "", body, type, "Authorization: Bearer " + this.token));
			if (!route.path().endsWith("login")) {
				samples.add(request(route, query, body, type, "Cookie: latchkey_session=%s; other=x\nX-CSRF-TOKEN: %s"
					.formatted(this.visitor.session(), this.visitor.csrf())));
			}
			return samples.stream().map((sample) -> sample.getBytes(StandardCharsets.UTF_8)).toList();
		}

		private String form() {
			return String.join("&", "_csrf=" + this.visitor.csrf(), "grant_type=client_credentials",
					"client_id=" + this.client, "client_secret=" + this.secret, "scope=user%3Aread",
					"token=" + this.token, "name=a+name", "scopes=user%3Aread", "expiration=30",
					"email=" + this.user.email().replace("@", "%40"), "redirect_uri=https%3A%2F%2Fa.example%2Fb");
		}

		private String json(String path) {
			return switch (path) {
				case "/api/login" ->
					"{\"email\":\"%s\",\"password\":\"wrong password\",\"token_name\":\"x\",\"scopes\":[\"user:read\"]}"
						.formatted(this.user.email());
				case "/api/tokens/revoke" -> "{\"tokens\":[\"%s\"]}".formatted(this.token);
				case "/api/tokens/diagnose" -> "{\"token\":\"%s\"}".formatted(this.token);
				case "/api/tokens/revoke-by-hash" -> "{\"token_hash\":\"%s\"}".formatted("0a".repeat(32));
				case "/api/users" ->
					"{\"email\":\"x@example.com\",\"name\":\"X\",\"password\":\"window under water\",\"roles\":[\"USER\"]}";
				case "/security/generate-token" ->
					"{\"grant_type\":\"password\",\"client_id\":\"%s\",\"client_secret\":\"%s\",\"scope\":\"api\",\"username\":\"%s\",\"password\":\"wrong\"}"
						.formatted(this.client, this.secret, this.user.email());
				case "/security/refresh-token" ->
					"{\"grant_type\":\"refresh_token\",\"client_id\":\"%s\",\"client_secret\":\"%s\",\"scope\":\"api\",\"refresh_token\":\"%s\"}"
						.formatted(this.client, this.secret, this.token.replace("lkp_", "lkr_"));
				default ->
					"{\"name\":\"x\",\"scopes\":[\"user:read\"],\"expires_in_days\":30,\"allowed_ips\":[\"127.0.0.1\"],\"roles\":[\"USER\"]}";
			};
		}

	}

}
