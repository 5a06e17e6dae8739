package dev.latchkey.page;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import dev.latchkey.account.RawPassword;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import dev.latchkey.web.KeptForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules for new passwords hold at every door at which one is set, and at no door at
 * which one is used.
 */
@LatchkeyTest
class NewPasswordTests {

	/** Doors at which a password is set, all of which this test tries. */
	private static final Set<String> SET = Set.of("POST /api/users", "PATCH /api/users/{id}", "POST /account",
			"POST /admin/users/new", "POST /admin/users/{id}");

	/** Doors at which a password is used: /login is a filter. */
	private static final Set<String> USED = Set.of("POST /api/login", "POST /security/generate-token");

	private static final Path WAYS_IN = Path.of("docs/asvs.md");

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private RequestMappingHandlerMapping requestMappingHandlerMapping;

	private User superuser;

	private User user;

	private String token;

	private Visitor page;

	@BeforeEach
	void signIn() {
		this.superuser = this.people.superuser();
		this.user = this.people.user();
		this.token = this.people.raw(this.superuser, "*");
		this.page = new Visitor(this.http.base());
		this.page.signIn(this.superuser.email(), People.PASSWORD);
	}

	@Test
	void everyDoorThatTakesAPasswordIsKnown() throws IOException {
		Set<String> found = new TreeSet<>();
		this.requestMappingHandlerMapping.getHandlerMethods().forEach((route, handler) -> {
			if (takesPassword(handler)) {
				route.getMethodsCondition()
					.getMethods()
					.forEach((method) -> route.getPatternValues().forEach((path) -> found.add(method + " " + path)));
			}
		});
		Set<String> known = new TreeSet<>(SET);
		known.addAll(USED);
		assertThat(found).isEqualTo(known);
		known.add("POST /login");
		assertThat(Files.readString(WAYS_IN)).as("the ways in that are written down")
			.contains(known.stream().map("`%s`"::formatted).toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "password", "12345678", "        ", "fourteen chars", "aaaaaaaaaaaaaaaa",
			"passwordpassword", "abcdefghijklmnop", "qwertyuiopasdfgh", "Password2024!!!", "Latchkey-2024-2025" })
	void whatIsEasyToGuessIsSetNowhere(String weak) {
		String email = "new-" + UUID.randomUUID() + "@example.com";
		Map<String, String> doors = Map.of("POST /api/users", post(email, weak), "PATCH /api/users/{id}", patch(weak),
				"POST /account", account(weak), "POST /admin/users/new", newUserPage(email, weak),
				"POST /admin/users/{id}", userPage(weak));
		assertThat(doors.keySet()).isEqualTo(SET);
		assertThat(doors)
			.allSatisfy((door, answer) -> assertThat(answer).startsWith("422").containsIgnoringCase("password"));
		assertThat(login(this.user.email(), People.PASSWORD)).isEqualTo(201);
		assertThat(login(this.user.email(), weak)).isEqualTo(422);
	}

	@Test
	void threeOrdinaryWordsAreGoodEverywhere() {
		String email = "new-" + UUID.randomUUID() + "@example.com";
		String good = "window under water";
		assertThat(List.of(post(email, good), patch(good), newUserPage("x" + email, good), userPage(good + "s"),
				account(good)))
			.allMatch((answer) -> answer.startsWith("20") || answer.startsWith("302"));
		assertThat(login(email, good)).isEqualTo(201);
		assertThat(login("x" + email, good)).isEqualTo(201);
		assertThat(login(this.user.email(), good + "s")).isEqualTo(201);
		assertThat(login(this.superuser.email(), good)).isEqualTo(201);
	}

	@Test
	void theOwnNameAndAddressAreNoPassword() {
		for (String own : List.of(this.user.email(), "Some Body 2024-11-25", "example-example-42")) {
			assertThat(patch(own)).as(own).startsWith("422");
		}
	}

	@Test
	void aPasswordMayHave256CharactersAndBlanksOfItsOwn() {
		String password = " " + "één twee drie vier ".repeat(13) + "einde. ";
		assertThat(password.codePointCount(0, password.length())).isEqualTo(255);
		assertThat(patch(password)).startsWith("200");
		assertThat(login(this.user.email(), password)).isEqualTo(201);
		assertThat(login(this.user.email(), password.strip())).isEqualTo(422);
		assertThat(login(this.user.email(), password.substring(0, 72))).isEqualTo(422);
		assertThat(patch(password + "xx")).startsWith("422");
		String apart = java.text.Normalizer.normalize(password, java.text.Normalizer.Form.NFD);
		assertThat(login(this.user.email(), apart)).isEqualTo(201);
	}

	private int login(String email, String password) {
		return this.http
			.post("/api/login",
					"{\"email\":\"%s\",\"password\":\"%s\",\"token_name\":\"x\",\"scopes\":[\"user:read\"]}"
						.formatted(email, password))
			.status();
	}

	private String post(String email, String password) {
		Http.Answer answer = this.http.post("/api/users", this.token,
				"{\"email\":\"%s\",\"name\":\"New\",\"password\":\"%s\"}".formatted(email, password));
		return answer.status() + answer.body();
	}

	private String patch(String password) {
		Http.Answer answer = this.http.patch("/api/users/" + this.user.id(), this.token,
				"{\"password\":\"%s\"}".formatted(password));
		return answer.status() + answer.body();
	}

	private String account(String password) {
		this.page.get("/account");
		return answer(this.page.post("/account", "current", People.PASSWORD, "password", password));
	}

	private String newUserPage(String email, String password) {
		this.page.get("/admin/users/new");
		return answer(this.page.post("/admin/users/new", "email", email, "name", "New", "password", password, "roles",
				"USER"));
	}

	private String userPage(String password) {
		this.page.get("/admin/users/" + this.user.id());
		return answer(this.page.post("/admin/users/" + this.user.id(), "password", password));
	}

	private static String answer(HttpResponse<String> answer) {
		return answer.statusCode() + answer.body();
	}

	/** What is kept of a form has no password in it. */
	private static boolean takesPassword(HandlerMethod handler) {
		return Arrays.stream(handler.getMethodParameters())
			.filter((parameter) -> !parameter.hasParameterAnnotation(KeptForm.class))
			.anyMatch((parameter) -> isPassword(parameter) || hasPassword(parameter.getParameterType()));
	}

	private static boolean isPassword(MethodParameter parameter) {
		return parameter.getParameterType() == RawPassword.class
				|| "password".equals(parameter.getParameter().getName());
	}

	private static boolean hasPassword(Class<?> type) {
		RecordComponent[] components = type.getRecordComponents();
		return components != null && Arrays.stream(components)
			.anyMatch((component) -> component.getType() == RawPassword.class
					|| component.getName().toLowerCase(java.util.Locale.ROOT).contains("password"));
	}

}
