package dev.latchkey.web;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Visitor;
import dev.latchkey.user.User;
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
	void noneComesByAnEscapeInAnUnknownFieldOrDeepWithin() {
		String escaped = this.living.replace("_", "\\u005f");
		for (String json : List.of("{\"name\":\"%s\"}".formatted(escaped),
				"{\"x\":{\"y\":[\"%s\"]}}".formatted(this.living), "{\"scopes\":[[\"%s\"]]}".formatted(this.living))) {
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
		Answer answer = this.http.get("/forward-auth?scope=" + this.living + "&scope=a:" + this.living, this.token);
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.header("WWW-Authenticate")).contains("lkp_****").doesNotContain(this.living);
		assertThat(answer.body()).contains("lkp_****").doesNotContain(this.living);
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
