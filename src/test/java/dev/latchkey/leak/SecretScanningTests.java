package dev.latchkey.leak;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Credential;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.SecretScanner;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.NewToken;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.value.Sha256;
import dev.latchkey.value.TokenForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 5.7: {@code POST /secret-scanning/alerts} takes GitHub's form.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
class SecretScanningTests {

	private static final String PATH = "/secret-scanning/alerts";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TokenIssuer issuer;

	@Test
	void whatIsReportedEndsWithAllThatWasMadeWithItAndGitHubIsToldWhetherItWasReal(CapturedOutput output) {
		User admin = this.people.superuser();
		IssuedToken found = this.people.token(admin, "*");
		String raw = found.raw().reveal();
		String child = this.issuer
			.issue(Actor.account(admin.id()).with(Credential.token(found.details().id())),
					NewToken.of("child", "user:read"))
			.raw()
			.reveal();
		Answer client = this.http.post("/api/clients", raw,
				"{\"name\":\"x\",\"grant_types\":[\"client_credentials\"],\"scopes\":[\"user:read\"]}");
		assertThat(client.status()).isEqualTo(201);
		String unknown = other(raw);
		Answer answer = SecretScanner.report(this.http, "[" + entry(raw) + "," + entry(unknown) + "]");
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).startsWith("application/json");
		assertThat(answer.<List<Map<String, String>>>json("[*]")).containsExactly(
				Map.of("token_hash", hash(raw), "token_type", "latchkey_token", "label", "true_positive"),
				Map.of("token_hash", hash(unknown), "token_type", "latchkey_token", "label", "false_positive"));
		assertThat(this.http.get("/api/user", raw).status()).isEqualTo(401);
		assertThat(this.http.get("/api/user", child).status()).isEqualTo(401);
		assertThat(this.http
			.postForm("/oauth2/token", basic(client.json("client_id"), client.json("client_secret")), "grant_type",
					"client_credentials")
			.status()).isEqualTo(401);
		String reader = this.people.raw(this.people.superuser(), "audit:read");
		Answer events = this.http.get("/api/audit-events?action=token.revoked&size=100", reader);
		assertThat(events.<List<String>>json("items[?(@.token_id=='%s')].detail".formatted(found.details().id())))
			.containsExactly("leaked");
		assertThat(answer.body() + events.body() + output.getAll()).doesNotContain(raw, unknown);
	}

	@Test
	void aReportAgainAndTheSameTokenTwiceAreOneAnswerAndChangeNothing() {
		String raw = this.people.raw(this.people.user(), "user:read");
		for (int i = 0; i < 2; i++) {
			Answer answer = SecretScanner.report(this.http, "[%s,%s]".formatted(entry(raw), entry(raw)));
			assertThat(answer.<List<String>>json("[*].label")).containsExactly("true_positive");
		}
	}

	@Test
	void whatIsNoReportOfATokenDoesNotKeepTheOthersAlive() {
		String one = this.people.raw(this.people.user(), "user:read");
		String other = this.people.raw(this.people.user(), "user:read");
		Answer answer = SecretScanner.report(this.http,
				"""
						[null,7,[],{},{"token":null},{"token":{}},%s,{"token":""},{"token":"a-word","type":7},"x",{"token":" %s ","sort":1}]"""
					.formatted(entry(one), other));
		assertThat(answer.<List<String>>json("[*].label")).containsExactly("true_positive", "false_positive",
				"false_positive", "true_positive");
		assertThat(this.http.get("/api/user", one).status()).isEqualTo(401);
		assertThat(this.http.get("/api/user", other).status()).isEqualTo(401);
	}

	@Test
	void aTokenInThePlaceOfATypeIsNotRepeated() {
		String raw = this.people.raw(this.people.user(), "user:read");
		Answer answer = SecretScanner.report(this.http, "[{\"token\":\"x\",\"type\":\"%s\"}]".formatted(raw));
		assertThat(answer.body()).doesNotContain(raw).contains("lkp_****");
		assertThat(this.http.get("/api/user", raw).status()).isEqualTo(200);
	}

	@Test
	void whatIsNotSignedByAKnownKeyDoesNothing() {
		String raw = this.people.raw(this.people.user(), "user:read");
		String body = "[" + entry(raw) + "]";
		String signature = SecretScanner.sign(body);
		List<Map<String, List<String>>> wrong = List.of(Map.of(), SecretScanner.headers("unknown", signature),
				SecretScanner.headers(SecretScanner.IDENTIFIER, SecretScanner.sign(body + " ")),
				SecretScanner.headers(SecretScanner.IDENTIFIER, "no signature"),
				SecretScanner.headers(SecretScanner.IDENTIFIER, "AAAA"),
				SecretScanner.headers(SecretScanner.IDENTIFIER, ""), SecretScanner.headers("", signature),
				Map.of("Github-Public-Key-Identifier", List.of(SecretScanner.IDENTIFIER)),
				Map.of("Github-Public-Key-Signature", List.of(signature)),
				Map.of("Github-Public-Key-Identifier", List.of(SecretScanner.IDENTIFIER), "Github-Public-Key-Signature",
						List.of(signature, signature)));
		for (Map<String, List<String>> headers : wrong) {
			Answer answer = this.http.send("POST", PATH, body, headers);
			assertThat(answer.status()).as(headers.toString()).isEqualTo(403);
			assertThat(answer.code()).isEqualTo("forbidden");
			assertThat(answer.body()).doesNotContain(raw);
		}
		Answer spaced = this.http.send("POST", PATH, body + " ",
				SecretScanner.headers(SecretScanner.IDENTIFIER, signature));
		assertThat(spaced.status()).isEqualTo(403);
		assertThat(this.http.get("/api/user", raw).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "null", "7", "\"x\"", "[", "[{\"token\":}]", "nonsense", "[] []" })
	void whatIsNoListIsMalformed(String body) {
		Answer answer = SecretScanner.report(this.http, body);
		assertThat(answer.status()).as(answer.body()).isEqualTo(400);
		assertThat(answer.code()).isEqualTo("malformed_request");
	}

	@Test
	void nothingFoundIsNothingToSay() {
		assertThat(SecretScanner.report(this.http, "[]").body()).isEqualTo("[]");
	}

	/** Contract 4: under any name, and whatever credentials come along. */
	@Test
	void neitherTheNameNorCookiesNorAHeaderMatter() {
		for (String headers : List.of("Host: nowhere.example", "Host:", "Host: 127.0.0.1\r\nCookie: latchkey_session=x",
				"Host: 127.0.0.1\r\nAuthorization: Bearer nonsense")) {
			String raw = this.people.raw(this.people.user(), "user:read");
			String body = "[" + entry(raw) + "]";
			String answer = this.http.raw("""
					POST /secret-scanning/alerts HTTP/1.1
					%s
					Connection: close
					Content-Type: application/json
					Content-Length: %d
					GITHUB-PUBLIC-KEY-IDENTIFIER: %s
					GITHUB-PUBLIC-KEY-SIGNATURE: %s

					""".formatted(headers, body.length(), SecretScanner.IDENTIFIER, SecretScanner.sign(body))
				.replaceAll("\r?\n", "\r\n") + body);
			assertThat(answer).as(headers).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("set-cookie");
			assertThat(this.http.get("/api/user", raw).status()).isEqualTo(401);
		}
	}

	@Test
	void aReportOfManyFindingsIsReadAndOneThatIsTooLargeIsNot() {
		String raw = this.people.raw(this.people.user(), "user:read");
		List<String> entries = new ArrayList<>();
		for (int i = 0; i < 2000; i++) {
			entries.add(entry("nothing-%d".formatted(i)));
		}
		entries.add(entry(raw));
		String body = "[" + String.join(",", entries) + "]";
		assertThat(body.length()).isGreaterThan(64 * 1024);
		assertThat(SecretScanner.report(this.http, body).<List<String>>json("[*].label")).hasSize(2001)
			.contains("true_positive");
		assertThat(SecretScanner.report(this.http, "[%s]".formatted(" ".repeat(1024 * 1024))).status()).isEqualTo(413);
	}

	private static String entry(String token) {
		return "{\"token\":\"%s\",\"type\":\"latchkey_token\",\"url\":\"https://github.com/o/r/blob/c/f\",\"source\":\"content\"}"
			.formatted(token);
	}

	/** Another token of the same form, which nobody has. */
	private static String other(String raw) {
		String body = raw.substring(0, 4) + new StringBuilder(raw.substring(4, 47)).reverse();
		return body + TokenForm.checksum(body);
	}

	private static String hash(String text) {
		return HexFormat.of().formatHex(Sha256.of(text));
	}

	private static String basic(String id, String secret) {
		return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
	}

}
