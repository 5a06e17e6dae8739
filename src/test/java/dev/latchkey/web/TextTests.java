package dev.latchkey.web;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is no text is no value, in every body, form and query; and contract 1: names are
 * in NFC, can be seen, and are counted alike.
 */
@LatchkeyTest
class TextTests {

	private static final String FORM = Forms.TYPE;

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private RequestMappingHandlerMapping requestMappingHandlerMapping;

	private String token;

	@BeforeEach
	void makeToken() {
		this.token = this.people.raw(this.people.superuser(), "*");
	}

	@Test
	void halfACharacterIsMalformedInEveryBody() {
		assertThat(bodies()).hasSizeGreaterThan(8).allSatisfy((body) -> {
			for (String field : body.fields()) {
				Answer answer = send(body, "{\"%s\":\"a\\ud800b\"}".formatted(field));
				// Contract 5.4: a refresh that cannot be read is refused like every
				// other.
				int refused = body.path().equals("/security/refresh-token") ? 401 : 400;
				assertThat(answer.status()).as(body + field + answer.body()).isEqualTo(refused);
				if (body.path().startsWith("/api")) {
					assertThat(answer.code()).isEqualTo("malformed_request");
					assertThat(answer.<List<String>>json("errors[*].field")).containsExactly(field);
				}
			}
		});
	}

	/** A change may be a merge patch; a JSON Patch is none, and not plain JSON either. */
	@Test
	void aBodyThatIsNotSaidToBeJsonIsReadNowhere() {
		assertThat(bodies()).allSatisfy((body) -> {
			for (String type : List.of("application/json-patch+json", "application/problem+json",
					"application/merge-patch+json", "application/x+json", "text/json", "text/plain", "nonsense",
					FORM)) {
				if (type.contains("merge") && body.method().equals("PATCH")) {
					continue;
				}
				Answer answer = this.http.send(body.method(), body.path(), "{}",
						Map.of("Authorization", List.of("Bearer " + this.token), "Content-Type", List.of(type)));
				assertThat(answer.status()).as(type + body + answer.body()).isEqualTo(415);
				assertThat(answer.<String>json("detail")).startsWith("The route takes application/")
					.doesNotContain("*")
					.endsWith("the header Content-Type has to say so.");
				assertThat(answer.header("Accept-Patch"))
					.isEqualTo(body.method().equals("PATCH") ? "application/json, application/merge-patch+json" : null);
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\udc00", "\\uD800\\uD800", "\\udc00\\ud800", "x\\uDBFF" })
	void anyHalfIs(String half) {
		Answer answer = this.http.post("/api/tokens", this.token,
				"{\"name\":\"x\",\"scopes\":[\"user:read\",\"%s\"]}".formatted(half));
		assertThat(answer.status()).as(answer.body()).isEqualTo(400);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("scopes[1]");
		assertThat(this.http.post("/api/tokens", this.token, "{\"%s\":1}".formatted(half)).status()).isEqualTo(400);
	}

	@Test
	void wholeCharactersAreTakenHoweverTheyAreWritten() {
		assertThat(this.http
			.post("/api/tokens", this.token, "{\"name\":\"\\ud83d\\udc4d \\\\ud800\",\"scopes\":[\"user:read\"]}")
			.<String>json("name")).isEqualTo("👍 \\ud800");
		Answer latin = this.http.send("POST", "/api/tokens", "{\"name\":\"é\",\"scopes\":[\"user:read\"]}",
				Map.of("Authorization", List.of("Bearer " + this.token), "Content-Type",
						List.of("application/json;charset=iso-8859-1")));
		assertThat(latin.<String>json("name")).isEqualTo("é");
	}

	@ParameterizedTest
	@ValueSource(strings = { "eda080", "ff", "c328", "f0808080", "e9", "f4908080" })
	void bytesThatAreNoUtf8AreMalformed(String bytes) throws IOException {
		byte[] odd = java.util.HexFormat.of().parseHex(bytes);
		String odds = new String(odd, StandardCharsets.ISO_8859_1);
		for (String path : List.of("/api/tokens", "/api/login", "/security/generate-token")) {
			assertThat(raw("POST " + path, "application/json", "{\"name\":\"a" + odds + "\"}")).as(path)
				.startsWith("HTTP/1.1 400");
		}
		assertThat(raw("POST /oauth2/token", FORM, "grant_type=a" + odds)).startsWith("HTTP/1.1 400");
		assertThat(raw("POST /login", FORM, "email=a" + odds)).startsWith("HTTP/1.1 400");
		String percent = bytes.replaceAll("(..)", "%$1");
		for (String path : List.of("/api/tokens?q=", "/api/users?q=", "/api/audit-events?actor=", "/login?x=")) {
			String answer = raw("GET " + path + percent, "application/json", "");
			assertThat(answer).as(path).startsWith(path.startsWith("/api") ? "HTTP/1.1 400" : "HTTP/1.1 ");
		}
		Visitor visitor = new Visitor(this.http.base());
		assertThat(visitor.get("/oauth2/authorize?state=" + percent).statusCode()).isBetween(300, 499);
	}

	@Test
	void namesAreNfcAndCountedAlike() {
		String emoji = "👍".repeat(60);
		assertThat(named("e\u0301 " + emoji)).hasSize(3)
			.allMatch((answer) -> answer.status() == 201)
			.allMatch((answer) -> answer.<String>json("name").equals("é " + emoji));
		assertThat(named("👍".repeat(101))).hasSize(3).allMatch((answer) -> answer.status() == 422);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\u200b", "a\\u202eb", "\\u00a0", "a\\u2066b", "a\\u200eb", "\\ufeffx", "a\\u0000b",
			"\\udb40\\udc41", "admin\\u200d" })
	void whatCannotBeSeenIsNoNameAnywhere(String name) {
		assertThat(named(name)).hasSize(3).allSatisfy((answer) -> {
			assertThat(answer.status()).as(answer.body()).isEqualTo(422);
			assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("name");
		});
		Answer login = this.http.post("/api/login",
				"{\"email\":\"%s\",\"password\":\"%s\",\"token_name\":\"%s\",\"scopes\":[\"user:read\"]}"
					.formatted(this.people.user().email(), People.PASSWORD, name));
		assertThat(login.<List<String>>json("errors[*].field")).containsExactly("token_name");
		String id = this.people.user().id().toString();
		assertThat(this.http.patch("/api/users/" + id, this.token, "{\"name\":\"%s\"}".formatted(name)).status())
			.isEqualTo(422);
		String tokenId = this.people.token(this.people.superuser(), "user:read").details().id().toString();
		String current = this.http.get("/api/tokens/current", this.token).json("id");
		assertThat(current).isNotEqualTo(tokenId);
		assertThat(this.http.patch("/api/tokens/" + current, this.token, "{\"name\":\"%s\"}".formatted(name)).status())
			.isEqualTo(422);
	}

	/** A token, an account and a client of this name. */
	private List<Answer> named(String name) {
		String email = UUID.randomUUID() + "@example.com";
		return List.of(
				this.http.post("/api/tokens", this.token,
						"{\"name\":\"%s\",\"scopes\":[\"user:read\"]}".formatted(name)),
				this.http.post("/api/users", this.token,
						"{\"name\":\"%s\",\"email\":\"%s\",\"password\":\"%s\"}".formatted(name, email,
								People.PASSWORD)),
				this.http.post("/api/clients", this.token,
						"{\"name\":\"%s\",\"grant_types\":[\"client_credentials\"],\"scopes\":[\"user:read\"]}"
							.formatted(name)));
	}

	/** Every route that reads a body with fields; who reads bytes has none. */
	private Stream<Body> bodies() {
		return this.requestMappingHandlerMapping.getHandlerMethods().entrySet().stream().flatMap((route) -> {
			Stream<MethodParameter> bodies = Arrays.stream(route.getValue().getMethodParameters())
				.filter((parameter) -> parameter.hasParameterAnnotation(RequestBody.class)
						&& parameter.getParameterType().isRecord());
			return bodies.map((body) -> new Body(route.getKey(), route.getValue(), body));
		});
	}

	private Answer send(Body body, String json) {
		return this.http.send(body.method(), body.path(), json, Http.bearer(this.token));
	}

	private String raw(String request, String type, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
		try (Socket socket = new Socket("127.0.0.1", this.http.port())) {
			socket.getOutputStream()
				.write("%s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
					.formatted(request, this.token, type, bytes.length, body)
					.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private record Body(RequestMappingInfo route, HandlerMethod handler, MethodParameter parameter) {

		String method() {
			return this.route.getMethodsCondition().getMethods().iterator().next().name();
		}

		String path() {
			return this.route.getPatternValues()
				.iterator()
				.next()
				.replaceAll("\\{[^}]+\\}", UUID.randomUUID().toString());
		}

		List<String> fields() {
			return Arrays.stream(this.parameter.getParameterType().getRecordComponents())
				.map((field) -> field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
				.toList();
		}

	}

}
