package dev.latchkey.scope;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 4: what makes or widens a credential or a right asks a web session for a
 * recent sign-in. Of every route that changes something it is written down here whether
 * it does; a new one is decided about here too.
 */
@LatchkeyTest
class GivenRightsTests {

	private static final Map<String, RightGiving> DECIDED = Map.ofEntries(always("POST /api/tokens"),
			always("POST /api/tokens/{id}/rotate"), always("POST /api/tokens/{id}/resume"),
			always("POST /api/tokens/current/rotate"), always("POST /api/login"), always("POST /api/users"),
			always("POST /api/clients"), always("POST /api/clients/{id}/secret"),
			always("POST /security/generate-token"), always("POST /security/refresh-token"), always("POST /tokens/new"),
			always("POST /tokens/{id}/rotate"), always("POST /tokens/{id}/resume"), never("POST /tokens/{id}/suspend"),
			never("POST /api/tokens/{id}/suspend"), always("POST /admin/users/new"), always("POST /admin/clients"),
			always("POST /api/import/sanctum"), always("POST /api/import/shield"), always("POST /api/import/hashes"),
			always("POST /api/import/keys"), always("POST /account password"), sometimes("PATCH /api/tokens/{id}"),
			sometimes("PATCH /api/users/{id}"), always("POST /oauth2/device/allow"), never("POST /oauth2/device"),
			never("POST /oauth2/device/deny"), sometimes("POST /admin/users/{id}"), never("DELETE /api/tokens"),
			never("DELETE /api/tokens/{id}"), never("DELETE /api/tokens/current"), never("POST /api/tokens/revoke"),
			never("POST /api/tokens/revoke-by-hash"), never("POST /api/tokens/diagnose"),
			never("POST /secret-scanning/alerts"), never("POST /api/logout"), never("DELETE /api/users/{id}"),
			never("DELETE /api/users/{userId}/tokens"), never("DELETE /api/users/{userId}/tokens/{id}"),
			never("DELETE /api/clients/{id}"), never("DELETE /api/removed-clients/{id}"),
			never("POST /admin/clients/removed/{id}/readmit"), never("POST /login"), never("POST /language"),
			never("POST /logout"), never("POST /login/failed"), never("POST /account name && !password"),
			never("POST /account/sessions"), sometimes("POST /tokens/{id}/edit"), never("POST /tokens/revoke"),
			never("POST /tokens/{id}/revoke"), never("POST /tokens/applications/{id}/withdraw"),
			never("POST /admin/users/{id}/delete"), never("POST /admin/users/{userId}/tokens/{id}/revoke"),
			never("POST /admin/users/{userId}/tokens/{id}/suspend"),
			always("POST /admin/users/{userId}/tokens/{id}/resume"), never("POST /admin/clients/{id}/remove"),
			always("PUT /api/resources/{name}"), never("DELETE /api/resources/{name}"),
			always("POST /admin/resources/edit"), never("POST /admin/resources/{name}/remove"));

	/**
	 * What filters and servlets answer. The first three look at no session; the answer to
	 * the question for consent is asked for the password where it says yes.
	 */
	private static final Map<String, RightGiving> DECIDED_OUTSIDE = Map.ofEntries(always("POST /oauth2/token"),
			never("POST /oauth2/introspect"), never("POST /oauth2/revoke"), never("POST /oauth2/device_authorization"),
			sometimes("POST /oauth2/authorize"));

	@Autowired
	private ObjectProvider<RequestMappingHandlerMapping> mappings;

	@Autowired
	private Routes routes;

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	private User admin;

	private Visitor visitor;

	@BeforeEach
	void signIn() {
		this.admin = this.people.superuser();
		this.visitor = new Visitor(this.http.base());
		this.visitor.signIn(this.admin.email(), People.PASSWORD);
		this.visitor.get("/account");
	}

	@Test
	void everyRouteThatChangesSomethingIsDecidedAbout() {
		Map<String, RightGiving> found = new TreeMap<>();
		this.mappings.stream()
			.flatMap((mapping) -> mapping.getHandlerMethods().entrySet().stream())
			.forEach((route) -> {
				RightGiving giving = RightGiving.of(route.getValue());
				for (RequestMethod method : route.getKey().getMethodsCondition().getMethods()) {
					if (giving != null && method != RequestMethod.GET) {
						route.getKey()
							.getPatternValues()
							.forEach((path) -> found.merge(
									name(method, path, route.getKey().getParamsCondition().toString()), giving,
									(one, other) -> one));
					}
				}
			});
		assertThat(found).containsExactlyInAnyOrderEntriesOf(DECIDED);
	}

	@Test
	void whatNoControllerAnswersIsDecidedAboutToo() {
		assertThat(this.routes.outsideOfControllers()
			.stream()
			.filter(Route::changes)
			.map((route) -> route.method() + " " + route.path()))
			.containsExactlyInAnyOrderElementsOf(DECIDED_OUTSIDE.keySet());
	}

	/** A filter that answers at a path of its own is found by the walks of all routes. */
	@Test
	void noFilterLooksOutForAPathThatNoRouteHas() {
		Set<String> paths = this.routes.all().stream().map(Route::path).collect(Collectors.toSet());
		assertThat(this.routes.filtered()).contains("/oauth2/token", "/oauth2/authorize", "/oauth2/jwks",
				"/oauth2/introspect", "/.well-known/oauth-authorization-server", "/login", "/logout");
		assertThat(paths).containsAll(this.routes.filtered()).contains("/forward-auth", "/livez", "/readyz");
	}

	@Test
	void anOldSessionGivesNoRightByTheApi() {
		this.clock.advance(Duration.ofHours(1));
		DECIDED.forEach((route, giving) -> {
			if (giving == RightGiving.ALWAYS && route.contains("/api/") && !route.endsWith("/api/login")) {
				assertThatItAsks(route.split(" ")[0],
						route.split(" ")[1].replace("{id}", UUID.randomUUID().toString()).replace("{name}", "parcels"),
						"{}");
			}
		});
	}

	@Test
	void anOldSessionIsAskedForThePasswordOnPages() {
		this.clock.advance(Duration.ofHours(1));
		DECIDED.forEach((route, giving) -> {
			String path = route.split(" ")[1].replaceAll("\\{(id|userId)}", UUID.randomUUID().toString());
			if (giving == RightGiving.ALWAYS && !path.startsWith("/api/") && !path.startsWith("/security/")) {
				assertThatThePageAsks(path, "password", "x", "current", "y");
			}
		});
		assertThat(this.visitor.get("/admin/clients/new").headers().firstValue("Location").orElse(""))
			.contains("/login");
	}

	@Test
	void onlyWhatWidensATokenAsks() {
		IssuedToken bound = this.people.token(this.admin, TokenRequest.of("user:read").onlyAt("192.0.2.0/24"));
		String path = "/api/tokens/" + bound.details().id();
		this.clock.advance(Duration.ofHours(1));
		assertThatItAsks("PATCH", path, "{\"allowed_ips\":[]}");
		assertThatItAsks("PATCH", path, "{\"allowed_ips\":[\"192.0.0.0/16\"]}");
		assertThat(send("PATCH", path, "{\"name\":\"y\"}").status()).isEqualTo(200);
		assertThat(send("PATCH", path, "{\"allowed_ips\":[\"192.0.2.1\"]}").status()).isEqualTo(200);
	}

	@Test
	void onlyWhatWidensAnAccountAsks() {
		User user = this.people.user();
		String path = "/api/users/" + user.id();
		String page = "/admin/users/" + user.id();
		this.clock.advance(Duration.ofHours(1));
		assertThatItAsks("PATCH", path, "{\"password\":\"%s\"}".formatted(People.PASSWORD));
		assertThatItAsks("PATCH", path, "{\"roles\":[\"ADMIN\"]}");
		assertThatThePageAsks(page, "password", People.PASSWORD);
		assertThatThePageAsks(page, "roles", "ADMIN");
		assertThat(send("PATCH", path, "{\"name\":\"Other\"}").status()).isEqualTo(200);
		assertThat(send("PATCH", path, "{\"enabled\":false}").status()).isEqualTo(200);
		assertThatItAsks("PATCH", path, "{\"enabled\":true}");
		assertThat(this.visitor.post(page, "name", "Another").headers().firstValue("Location").orElse(""))
			.contains(page);
		assertThat(send("GET", path, null).<List<String>>json("roles")).containsExactly("USER");
	}

	private void assertThatItAsks(String method, String path, String json) {
		Answer refused = send(method, path, json);
		assertThat(refused.status()).as(method + " " + path).isEqualTo(403);
		assertThat(refused.code()).isEqualTo("forbidden");
		assertThat(refused.<String>json("detail")).contains("sign in again");
	}

	private void assertThatThePageAsks(String path, String... form) {
		var answer = this.visitor.post(path, form);
		assertThat(answer.statusCode()).as(path).isEqualTo(302);
		assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login");
	}

	private Answer send(String method, String path, String json) {
		String type = path.startsWith("/api/import/") ? "text/csv" : "application/json";
		return this.http.send(method, path, json,
				Map.of("Cookie", List.of("latchkey_session=" + this.visitor.session()), "X-CSRF-TOKEN",
						List.of(this.visitor.csrf()), "Content-Type", List.of(type)));
	}

	/** Two forms at one address are told apart by the field that they have. */
	private static String name(RequestMethod method, String path, String fields) {
		String name = method + " " + path;
		return (path.equals("/account")) ? name + " " + fields.replaceAll("[\\[\\]]", "") : name;
	}

	private static Map.Entry<String, RightGiving> always(String route) {
		return Map.entry(route, RightGiving.ALWAYS);
	}

	private static Map.Entry<String, RightGiving> sometimes(String route) {
		return Map.entry(route, RightGiving.SOMETIMES);
	}

	private static Map.Entry<String, RightGiving> never(String route) {
		return Map.entry(route, RightGiving.NEVER);
	}

}
