package dev.latchkey.web;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Visitor;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 1: no raw token leaves in a body, a header or an audit row. So none is taken
 * where a text is meant, in every field, parameter and form.
 */
@LatchkeyTest
class TokensInTextsTests {

	private static final String ID = "00000000-0000-0000-0000-000000000000";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Routes routes;

	@Autowired
	private RequestMappingHandlerMapping requestMappingHandlerMapping;

	private User user;

	private String token;

	private String living;

	@BeforeEach
	void makeTokens() {
		this.user = this.people.superuser();
		this.token = this.people.raw(this.user, "*");
		this.living = this.people.raw(this.people.user(), "user:read");
	}

	@Test
	void noFieldOfABodyTakesOne() {
		SoftAssertions all = new SoftAssertions();
		List<String> asked = new ArrayList<>();
		this.requestMappingHandlerMapping.getHandlerMethods()
			.forEach((route, handler) -> body(handler).ifPresent((body) -> {
				for (RecordComponent field : body.getParameterType().getRecordComponents()) {
					String name = inJson(field.getName());
					if (isText(field)) {
						boolean several = field.getType() == List.class;
						String value = several ? "[\"x\",\"my %s\"]" : "\"my %s\"";
						Answer answer = send(route, "{\"%s\":%s}".formatted(name, value.formatted(this.living)));
						asked.add(name);
						if (path(route).startsWith("/security/")) {
							all.assertThat(answer.status()).as(path(route) + name).isIn(400, 401);
						}
						else {
							all.assertThat(answer.status())
								.as("%s %s %s", path(route), name, answer.body())
								.isEqualTo(422);
							all.assertThat(answer.body()).contains("\"field\":\"" + name + (several ? "[1]\"" : "\""));
						}
						assertNotRepeated(all, path(route) + name, answer.response());
					}
				}
			}));
		all.assertAll();
		assertThat(asked).contains("name", "token_name", "email", "scopes", "redirect_uris", "client_id", "text");
	}

	@Test
	void noneComesByAnEscapeOrDeepWithin() {
		String escaped = this.living.replace("_", "\\u005f");
		for (String json : List.of("{\"name\":\"%s\"}".formatted(escaped),
				"{\"name\":{\"y\":[\"%s\"]}}".formatted(this.living),
				"{\"scopes\":[[\"%s\"]]}".formatted(this.living))) {
			Answer answer = this.http.post("/api/tokens", this.token, json);
			assertThat(answer.status()).as(answer.body()).isEqualTo(422);
			assertThat(answer.body()).doesNotContain(this.living);
		}
	}

	@Test
	void noParameterOfTheApiTakesOne() {
		SoftAssertions all = new SoftAssertions();
		this.requestMappingHandlerMapping.getHandlerMethods().forEach((route, handler) -> {
			if (path(route).startsWith("/api/")) {
				Stream.concat(parameters(handler), Stream.of("unknown")).forEach((name) -> {
					Answer answer = this.http.send(method(route), path(route) + "?" + name + "=x" + this.living, null,
							Http.bearer(this.token));
					all.assertThat(answer.status()).as("%s %s %s", route, name, answer.body()).isNotIn(200, 500);
					assertNotRepeated(all, route + name, answer.response());
				});
			}
		});
		all.assertAll();
	}

	@Test
	void noPageTakesOneByItsAddressOrItsForm() {
		Visitor person = new Visitor(this.http.base());
		person.signIn(this.user.email(), People.PASSWORD);
		SoftAssertions all = new SoftAssertions();
		List<String> names = List.of("name", "q", "email", "client_id", "redirect_uris", "scopes", "action", "actor",
				"description", "state", "expiration");
		this.routes.all()
			.stream()
			.filter((route) -> !route.path().startsWith("/api/") && !route.path().startsWith("/security/"))
			.filter((route) -> !route.path().contains("logout"))
			.forEach((route) -> names.forEach((name) -> {
				person.get("/account");
				HttpResponse<String> answer = route.method().equals("POST")
						? person.post(route.path(), name, "my " + this.living)
						: person.get(route.path() + "?" + name + "=my+" + this.living);
				all.assertThat(answer.body()).as(route + name).doesNotContain(this.living);
				all.assertThat(answer.statusCode()).as(route + name).isNotEqualTo(500);
			}));
		all.assertAll();
		person.get("/tokens/new");
		HttpResponse<String> refused = person.post("/tokens/new", "name", "my " + this.living, "scopes", "user:read",
				"form", person.form());
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("name").contains("must not have a token in it");
	}

	@Test
	void aProxyIsNotToldWhatItAskedForWhereThatIsAToken() {
		for (String asked : List.of("scope=", "scope=a:", "scope=user:read&scope=", "any_scope=user:write+")) {
			Answer answer = this.http.get("/forward-auth?" + asked + this.living, this.token);
			assertThat(answer.status()).as(asked).isEqualTo(403);
			assertThat(answer.header("WWW-Authenticate")).as(asked).doesNotContain(this.living);
			assertThat(answer.body()).as(asked).doesNotContain(this.living);
		}
	}

	/**
	 * Neither the application, nor the sign-in on the way to it, nor an error is told
	 * what an application asked with.
	 */
	@Test
	void noEndpointOfOAuthRepeatsOneWhoeverAsks() {
		Answer client = this.http.post("/api/clients", this.token, """
				{"name":"x","grant_types":["authorization_code","refresh_token"],"scopes":["user:read"],\
				"redirect_uris":["https://a.example/back"]}""");
		String secret = Base64.getEncoder()
			.encodeToString((client.json("client_id") + ":" + client.json("client_secret")).getBytes());
		Visitor person = new Visitor(this.http.base());
		person.signIn(this.user.email(), People.PASSWORD);
		SoftAssertions all = new SoftAssertions();
		for (String path : List.of("/oauth2/authorize", "/oauth2/continue", "/oauth2/consent", "/oauth2/token",
				"/oauth2/introspect", "/oauth2/revoke", "/oauth2/jwks", "/.well-known/oauth-authorization-server")) {
			for (String name : List.of("state", "redirect_uri", "client_id", "nonce", "response_type", "response_mode",
					"scope", "code_challenge", "code_challenge_method", "code", "code_verifier", "grant_type",
					"unknown", this.living)) {
				String value = name.equals("redirect_uri") ? "https://a.example/back?x=" + this.living
						: "my " + this.living;
				Map<String, String> asked = new LinkedHashMap<>(Map.of("response_type", "code", "client_id",
						client.json("client_id"), "redirect_uri", "https://a.example/back", "scope", "user:read",
						"code_challenge", "A".repeat(43), "code_challenge_method", "S256"));
				asked.put(name, value);
				String form = asked.entrySet()
					.stream()
					.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
					.collect(Collectors.joining("&"));
				Map<String, List<String>> headers = Map.of("Authorization", List.of("Basic " + secret));
				person.get("/account");
				for (HttpResponse<String> answer : List.of(person.get(path + "?" + form),
						person.post(path, name, value), this.http.get(path + "?" + form).response(),
						this.http.send("HEAD", path + "?" + form, null, Map.of()).response(),
						this.http.sendForm(path, form, Map.of()).response(),
						this.http.sendForm(path, form, headers).response())) {
					assertNotRepeated(all, path + " " + name, answer);
					all.assertThat(answer.statusCode()).as(path + " " + name).isNotEqualTo(500);
				}
			}
		}
		all.assertAll();
		HttpResponse<String> page = person.get("/oauth2/authorize?state=" + this.living);
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("The parameter state must not have a token in it");
	}

	@Test
	void whoSignsInOnTheWayIsNotLedToOne() {
		for (String path : List.of("/tokens/new?name=" + this.living, "/oauth2/continue?state=" + this.living,
				"/tokens?q=lkp%5F" + this.living.substring(4))) {
			Visitor person = new Visitor(this.http.base());
			person.get(path);
			HttpResponse<String> answer = person.signIn(this.user.email(), People.PASSWORD);
			assertThat(answer.statusCode()).as(path).isLessThan(400);
			assertThat(answer.headers().map().toString() + answer.body()).as(path)
				.contains(path.substring(0, path.indexOf('?')))
				.doesNotContain(this.living.substring(4));
		}
	}

	/** Whoever mistakes the name of a field hears that. */
	@Test
	void aFieldThatThereIsNotIsNamedWhateverStandsInIt() {
		for (String path : List.of("/api/tokens", "/api/tokens/revoke", "/api/login")) {
			for (String name : List.of("token_x", "name.x", "tokens[0]", "Name", "")) {
				for (String value : List.of("\"%s\"", "[\"%s\"]", "{\"name\":\"%s\"}")) {
					Answer answer = this.http.post(path, this.token,
							"{\"%s\":%s}".formatted(name, value.formatted(this.living)));
					assertThat(answer.status()).as(path + answer.body()).isEqualTo(400);
					assertThat(answer.body()).contains("'%s' is not a field of this request".formatted(name))
						.doesNotContain(this.living);
				}
			}
		}
	}

	/** What may be a token goes on being one. */
	@Test
	void aReportAndAQuestionAboutATokenTakeIt() {
		String json = "{\"token\":\"%s\"}".formatted(this.living);
		assertThat(this.http.post("/api/tokens/diagnose", json).<String>json("state")).isEqualTo("active");
		assertThat(this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(this.living)).status())
			.isEqualTo(202);
		assertThat(this.http.get("/api/user", this.living).status()).isEqualTo(401);
	}

	private void assertNotRepeated(SoftAssertions all, String where, HttpResponse<String> answer) {
		all.assertThat(answer.body()).as(where).doesNotContain(this.living);
		all.assertThat(answer.headers().map().toString()).as(where).doesNotContain(this.living);
	}

	private Answer send(RequestMappingInfo route, String json) {
		return this.http.send(method(route), path(route), json, Http.bearer(this.token));
	}

	private static Optional<MethodParameter> body(HandlerMethod handler) {
		return Arrays.stream(handler.getMethodParameters())
			.filter((parameter) -> parameter.hasParameterAnnotation(RequestBody.class))
			.filter((parameter) -> parameter.getParameterType().isRecord())
			.findFirst();
	}

	private static Stream<String> parameters(HandlerMethod handler) {
		return Arrays.stream(handler.getMethodParameters())
			.filter((parameter) -> parameter.hasParameterAnnotation(RequestParam.class))
			.map((parameter) -> inJson(parameter.getParameter().getName()));
	}

	private static boolean isText(RecordComponent field) {
		return field.getType() == String.class || (field.getGenericType() instanceof ParameterizedType several
				&& several.getActualTypeArguments()[0] == String.class);
	}

	private static String inJson(String name) {
		return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
	}

	private static String method(RequestMappingInfo route) {
		return route.getMethodsCondition().getMethods().stream().findFirst().map(Enum::name).orElse("GET");
	}

	private static String path(RequestMappingInfo route) {
		return route.getPatternValues().iterator().next().replaceAll("\\{[^}]+\\}", ID);
	}

}
