package dev.latchkey.web;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Handled;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.testing.Visitor;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What contract section 1 says of every request, asked of every route.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
class EveryRouteTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Routes routes;

	@Autowired
	private MeterRegistry meters;

	@Test
	void aPathThatIsNotWrittenPlainlyIsRefused() {
		for (Route route : this.routes.all()) {
			String path = route.path();
			if (path.endsWith("/")) {
				continue;
			}
			String last = path.substring(path.lastIndexOf('/') + 1);
			String first = "%" + Integer.toHexString(last.charAt(0));
			for (String spelling : List.of("/" + path, path + ";x", path + ";", "/." + path, "/x/.." + path,
					path + "/.", path + "/..", "/%2e" + path, "/;x" + path, path.replace("/" + last, "//" + last),
					path.replace("/" + last, "/./" + last), path.replace("/" + last, "/" + first + last.substring(1)),
					path.replace("/" + last, "/" + first.toUpperCase(Locale.ROOT) + last.substring(1)),
					path + "/%2E%2e/x", path + "/%7E", path + "/%5f", path + "/%2d", path + "/%39")) {
				if (spelling.startsWith("/forward-auth/")) {
					continue;
				}
				Answer answer = this.http.send(route.method(), spelling, null, Map.of());
				assertThat(answer.status()).as(route.method() + " " + spelling).isEqualTo(400);
				assertThat(answer.header("Content-Type")).as(spelling).startsWith("application/problem+json");
				assertThat(answer.code()).as(spelling).isEqualTo("malformed_request");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/forward-auth/a//b", "/forward-auth/a;x", "/forward-auth/%61", "/forward-auth/./a",
			"/forward-auth/../api/user", "/forward-auth/x/../../oauth2/introspect" })
	void thePathOfAnotherServiceIsNotJudgedAndLeadsNowhereElse(String path) {
		String token = this.people.raw(this.people.user(), "*");
		Answer answer = this.http.send("GET", path, null,
				Map.of("Authorization", List.of("Bearer " + token), "Latchkey-Scope", List.of("user:read")));
		assertThat(answer.status()).as(answer.body()).isEqualTo(204);
		assertThat(answer.header("X-Auth-User-Id")).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"", "<", ">", "[", "\\", "]", "^", "`", "{", "|", "}" })
	void whatAPathCannotHaveIsRefused(String character) {
		for (String path : List.of("/api/scopes", "/login", "/oauth2/token", "/forward-auth")) {
			for (String spelling : List.of(path + character, path + "/" + character, "/" + character + path)) {
				if (!spelling.startsWith("/forward-auth/")) {
					String answer = this.http
						.raw("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(spelling));
					assertThat(answer).as(spelling)
						.startsWith("HTTP/1.1 400")
						.contains("\"code\":\"malformed_request\"");
				}
			}
		}
	}

	@Test
	void aQueryParameterThatTheRouteDoesNotHaveIsNamed() {
		User admin = this.people.superuser();
		for (Route route : this.routes.api()) {
			Answer answer = call(route, "?nonsense=1", this.people.raw(admin, "*"));
			assertThat(answer.status()).as(route + answer.body()).isEqualTo(422);
			assertThat(answer.code()).isEqualTo("validation_failed");
			assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("nonsense");
		}
	}

	@Test
	void whoMayNotUseTheRouteLearnsNothingOfItsParameters() {
		String weak = this.people.raw(this.people.user(), "user:read");
		for (Route route : this.routes.api()) {
			for (Answer[] pair : List.of(new Answer[] { call(route, "", null), call(route, "?nonsense=1", null) },
					new Answer[] { call(route, "", weak), call(route, "?nonsense=1", weak) })) {
				if (pair[0].status() == 401 || pair[0].status() == 403) {
					assertThat(pair[1].status()).as(route.toString()).isEqualTo(pair[0].status());
				}
			}
		}
	}

	@Test
	void aParameterThatStandsThereTwiceIsNamed() {
		String token = this.people.raw(this.people.superuser(), "*");
		List<String> seen = new ArrayList<>();
		for (Handled one : this.routes.handled()) {
			for (String name : one.route().path().startsWith("/api/") ? parameters(one) : List.<String>of()) {
				Answer answer = this.http.send(one.route().method(),
						one.route().path() + "?%s=1&%s=1".formatted(name, name), null, Http.bearer(token));
				assertThat(answer.status()).as(one.route() + name + answer.body()).isEqualTo(422);
				assertThat(answer.<List<String>>json("errors[*].field")).as(one.route() + name).containsExactly(name);
				seen.add(name);
			}
		}
		assertThat(seen).contains("page", "size", "q", "state", "sort", "actor", "from", "except_current");
	}

	private static List<String> parameters(Handled one) {
		List<String> names = new ArrayList<>();
		for (MethodParameter parameter : one.handler().getMethodParameters()) {
			RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
			parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
			if (named != null) {
				names.add(named.name().isEmpty() ? parameter.getParameterName() : named.name());
			}
			else if (parameter.getParameterType() == PageQuery.class) {
				names.addAll(List.of("page", "size"));
			}
		}
		return names;
	}

	@Test
	void aSlipOfThePenEndsNoToken() {
		String token = this.people.raw(this.people.user(), "*");
		for (String query : List.of("exceptCurrent=true", "except_current=true&except_current=false",
				"except%5Fcurrent=true&Except_current=true", "except_current=yes", "except_current")) {
			assertThat(this.http.delete("/api/tokens?" + query, token).status()).as(query).isEqualTo(422);
		}
		assertThat(this.http.get("/api/user", token).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "+1", "-0", "%D9%A3", "%EF%BC%91", "1.0", "1e1", "0x1", "", "%201", "99999999999" })
	void aNumberIsDigits(String number) {
		String token = this.people.raw(this.people.superuser(), "*");
		for (String path : List.of("/api/tokens", "/api/users", "/api/clients", "/api/removed-clients",
				"/api/audit-events")) {
			assertThat(this.http.get(path + "?page=" + number, token).status()).as(path).isEqualTo(422);
			assertThat(this.http.get(path + "?size=" + number, token).status()).as(path).isEqualTo(422);
		}
	}

	/** One without a value has a wrong one; a search for nothing finds everything. */
	@Test
	void aParameterWithoutAValueIsNamed() {
		String token = this.people.raw(this.people.superuser(), "*");
		List<String> seen = new ArrayList<>();
		for (Handled one : this.routes.handled()) {
			for (MethodParameter parameter : one.handler().getMethodParameters()) {
				RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
				parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
				if (one.route().path().startsWith("/api/") && named != null
						&& !"q".equals(parameter.getParameterName())) {
					String name = named.name().isEmpty() ? parameter.getParameterName() : named.name();
					for (String given : List.of("?" + name + "=", "?" + name)) {
						Map<String, List<String>> headers = new HashMap<>(Http.bearer(token));
						String takes = one.takes();
						if (takes != null) {
							headers.put("Content-Type", List.of(takes));
						}
						Answer answer = this.http.send(one.route().method(), one.route().path() + given,
								(takes != null) ? "x" : null, headers);
						// Somebody who does not exist has no tokens.
						boolean nobody = one.route().path().startsWith("/api/users/") && answer.status() == 404;
						if (!nobody) {
							assertThat(answer.status()).as(one.route() + given + answer.body()).isEqualTo(422);
							assertThat(answer.<List<String>>json("errors[*].field")).containsExactly(name);
						}
					}
					seen.add(name);
				}
			}
		}
		assertThat(seen).contains("state", "sort", "actor", "action", "from", "to", "descendants", "except_current");
	}

	/** What cannot be read is refused before a page is written, and leaves no line. */
	@Test
	void aBadRequestLeavesNoWarning(CapturedOutput output) {
		int before = output.getAll().length();
		Visitor visitor = new Visitor(this.http.base());
		User admin = this.people.superuser();
		visitor.signIn(admin.email(), People.PASSWORD);
		for (Route route : this.routes.all()) {
			String token = this.people.raw(admin, "*");
			if (route.method().equals("GET")) {
				for (String query : List.of("?bye=%00", "?expired=%00", "?shown=%00", "?%00=x", "?name=%00")) {
					assertThat(visitor.get(route.path() + query).statusCode()).as(route.path() + query).isLessThan(500);
				}
			}
			for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
				if (!route.path().equals("/logout")) {
					assertThat(this.http.send(method, route.path(), null, Http.bearer(token)).status())
						.as(method + " " + route.path())
						.isLessThan(500);
					assertThat(this.http.send(method, route.path(), null, Map.of()).status())
						.as(method + " " + route.path())
						.isLessThan(500);
				}
			}
		}
		for (String path : List.of("/login", "/tokens", "/account", "/tokens/new")) {
			for (String query : List.of("?bye=%00", "?expired=%00")) {
				assertThat(visitor.get(path + query).statusCode()).as(path + query).isEqualTo(400);
			}
		}
		visitor.get("/login");
		assertThat(visitor.post("/login", "email", "x", "password", "y", "bye", "\u0000").statusCode()).isEqualTo(400);
		for (String form : List.of("email=x&bye=%00", "%00=x&email=y", "redirect_uri=https%00-a-secret")) {
			assertThat(this.http.sendForm("/login", form, Map.of()).status()).as("without its token").isEqualTo(400);
		}
		assertThat(output.getAll().substring(before)).doesNotContain(" ERROR ", " WARN ");
	}

	/** A route beyond the limit would be missing from the figures, with a warning. */
	@Test
	void thereIsALabelForTwiceAsManyRoutes(@Value("${management.metrics.web.server.max-uri-tags}") int most) {
		assertThat(this.routes.all().stream().map(Route::path).distinct().count() * 2).isBetween(100L, (long) most);
	}

	@Test
	void pagesAndOAuthIgnoreParametersThatTheyDoNotKnow() {
		for (String path : List.of("/login?nonsense=1", "/oauth2/jwks?nonsense=1",
				"/.well-known/oauth-authorization-server?nonsense=1",
				"/.well-known/oauth-protected-resource?nonsense=1")) {
			assertThat(this.http.get(path).status()).as(path).isEqualTo(200);
		}
		assertThat(this.http.post("/security/generate-token?nonsense=1", "{}").<String>json("error"))
			.isEqualTo("Invalid credentials.");
	}

	@Test
	void theFieldsOfAFormStandInItsBody() {
		String email = this.people.user().email();
		Visitor visitor = new Visitor(this.http.base());
		visitor.get("/login");
		HttpResponse<String> refused = visitor.post("/login?password=" + People.PASSWORD.replace(" ", "%20"), "email",
				email);
		assertThat(refused.statusCode()).isNotEqualTo(302);
		assertThat(
				visitor.post("/login?password=wrong&email=x", "email", email, "password", People.PASSWORD).statusCode())
			.isEqualTo(302);
		visitor.get("/account");
		assertThat(visitor.post("/account/name?name=Else", "name", "Other").statusCode()).isLessThan(500);
		String form = "/oauth2/token?grant_type=client_credentials&client_id=a&client_secret=b";
		assertThat(this.http.sendForm(form, "x=1", Map.of()).<String>json("error")).isNotEqualTo("unauthorized_client");
		assertThat(
				this.http.sendForm("/oauth2/introspect?token=x&client_id=a&client_secret=b", "y=1", Map.of()).status())
			.isEqualTo(401);
	}

	@Test
	void anEncodedBodyIsNotRead() {
		String token = this.people.raw(this.people.superuser(), "*");
		for (Route route : this.routes.all()) {
			if (List.of("POST", "PATCH", "PUT").contains(route.method())) {
				for (String encoding : List.of("gzip", "br", "identity", "nonsense", "")) {
					Map<String, List<String>> headers = new HashMap<>(Http.bearer(token));
					headers.put("Content-Encoding", List.of(encoding));
					Answer answer = this.http.send(route.method(), route.path(), "{}", headers);
					assertThat(answer.status()).as(route + encoding).isEqualTo(415);
					assertThat(this.http.sendChunked(route.method(), route.path(), "{}", headers).status())
						.isEqualTo(415);
				}
			}
		}
	}

	@Test
	void whatAHeaderHasOneOfIsNotGivenTwice() {
		String token = this.people.raw(this.people.superuser(), "*");
		for (Route route : this.routes.all()) {
			Map<String, List<String>> headers = new HashMap<>(Http.bearer(token));
			headers.put("Content-Type", List.of("application/json", "application/json"));
			Answer answer = this.http.send(route.method(), route.path(), "{}", headers);
			if (route.path().startsWith("/forward-auth")) {
				assertThat(answer.status()).as(route.toString()).isNotEqualTo(400);
				continue;
			}
			assertThat(answer.status()).as(route + answer.body()).isEqualTo(400);
			if (!route.method().equals("HEAD")) {
				assertThat(answer.code()).as(route.toString()).isEqualTo("malformed_request");
				assertThat(answer.<String>json("detail")).isEqualTo("The header Content-Type is given twice.");
			}
		}
		assertThat(this.http
			.send("GET", "/login", null, Map.of("Origin", List.of(this.http.base(), "https://other.example")))
			.status()).isEqualTo(400);
	}

	@Test
	void aMethodThatARouteDoesNotHaveIsNotAllowed() {
		String token = this.people.raw(this.people.superuser(), "*");
		List<Route> endpoints = this.routes.outsideOfControllers()
			.stream()
			.filter((route) -> route.path().startsWith("/oauth2/"))
			.toList();
		assertThat(endpoints).contains(new Route("POST", "/oauth2/token"), new Route("GET", "/oauth2/jwks"));
		for (Route route : this.routes.all()) {
			for (String method : List.of("PROPFIND", "FOO", "MKCOL", "LOCK")) {
				if (route.path().equals("/logout") || this.routes.ofAnyMethod().contains(route.path())) {
					continue;
				}
				Answer answer = this.http.send(method, route.path(), null, Http.bearer(token));
				assertThat(answer.status()).as(method + route + answer.body()).isEqualTo(405);
				assertThat(answer.header("Allow")).as(method + route).isNotBlank();
				if (route.path().startsWith("/api/")) {
					assertThat(answer.code()).isEqualTo("method_not_allowed");
				}
				if (route.path().startsWith("/security/") || endpoints.contains(route)) {
					assertThat(answer.<String>json("error")).as(route.path()).isEqualTo("invalid_request");
				}
			}
		}
	}

	@Test
	void aRouteThatCanBePatchedSaysHowAndNoOtherDoes() {
		String token = this.people.raw(this.people.superuser(), "*");
		for (Route route : this.routes.api()) {
			Answer answer = this.http.send("OPTIONS", route.path(), null, Http.bearer(token));
			assertThat(answer.header("Allow")).as(route.path()).contains(route.method());
			assertThat(answer.header("Accept-Patch")).as(route.path())
				.isEqualTo(answer.header("Allow").contains("PATCH") ? "application/json, application/merge-patch+json"
						: null);
		}
	}

	@Test
	void whatNoControllerAnswersIsCountedUnderItsName() {
		for (String path : List.of("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/oauth2/jwks",
				"/.well-known/oauth-authorization-server", "/forward-auth")) {
			this.http.get(path);
			this.http.sendForm(path, "x=1", Map.of());
			assertThat(this.meters.find("http.server.requests").tag("uri", path).timers()).as(path).isNotEmpty();
		}
	}

	private Answer call(Route route, String query, String token) {
		boolean body = !List.of("GET", "DELETE").contains(route.method());
		return this.http.send(route.method(), route.path() + query, body ? "{}" : null,
				(token != null) ? Http.bearer(token) : Map.of());
	}

}
