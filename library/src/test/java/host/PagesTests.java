package host;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.latchkey.embedded.LatchkeyConfigurer;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Pages with one's own tokens, in the layout of the application and by its sign-in.
 */
class PagesTests {

	private static final Pattern RAW = Pattern.compile("value=\"(lkp_[^\"]+)\"");

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

	private static final Pattern ID = Pattern.compile("/tokens/([0-9a-f-]{36})");

	private static Running shop;

	@BeforeAll
	static void start() {
		shop = Running.start(List.of(Shop.class, OwnChainTests.Chain.class, Greeting.class), Running.PAGES,
				"latchkey.routes.pages=true", "latchkey.routes.layout=frame");
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@Test
	void whoeverIsSignedInFindsHisTokensInTheLayoutOfTheApplication() {
		String session = user("lister");
		shop.token("lister", "invoices:read");
		HttpResponse<String> list = get("/tokens", session);
		assertThat(list.statusCode()).isEqualTo(200);
		assertThat(list.body()).contains("<title>Personal access tokens at the shop</title>")
			.contains("<header>Good day</header>")
			.contains("<div class=\"latchkey\" lang=\"en\">")
			.contains("For a test")
			.doesNotContain("is taken for one of the application's")
			.doesNotContain("is taken for one of Latchkey's")
			.doesNotContain("<main")
			.doesNotContain("<script");
		assertThat(list.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(list.headers().map()).doesNotContainKey("set-cookie");
		String id = found(ID, list.body());
		HttpResponse<String> one = get("/tokens/" + id, session);
		assertThat(one.statusCode()).isEqualTo(200);
		assertThat(one.body()).contains("token.created").contains("<title>For a test at the shop</title>");
		assertThat(get("/tokens/" + id, user("stranger")).statusCode()).isEqualTo(404);
	}

	@Test
	void aTokenIsMadeAndShownOnceAndRotatedAndRevoked() {
		String session = user("maker");
		String page = get("/tokens/new", session).body();
		String form = "_csrf=" + encoded(found(CSRF, page)) + "&form=" + found(FORM, page)
				+ "&name=CI&expiration=30&scopes=invoices%3Aread";
		HttpResponse<String> made = post("/tokens/new", session, form);
		assertThat(made.statusCode()).isEqualTo(200);
		assertThat(made.headers().firstValue("Cache-Control")).hasValue("no-store");
		String raw = found(RAW, made.body());
		assertThat(shop.get("/api/invoices", raw).statusCode()).isEqualTo(200);
		HttpResponse<String> again = post("/tokens/new", session, form);
		assertThat(again.statusCode()).isEqualTo(302);
		assertThat(again.headers().firstValue("Location").orElseThrow()).endsWith("/tokens?shown");
		String list = get("/tokens", session).body();
		assertThat(list).doesNotContain(raw).contains("1 token");
		String id = found(ID, list);

		String question = get("/tokens/" + id + "/rotate", session).body();
		HttpResponse<String> rotated = post("/tokens/" + id + "/rotate", session,
				"_csrf=" + encoded(found(CSRF, question)) + "&grace=0&expiration=same");
		String successor = found(RAW, rotated.body());
		assertThat(shop.get("/api/invoices", raw).statusCode()).isEqualTo(401);
		assertThat(shop.get("/api/invoices", successor).statusCode()).isEqualTo(200);

		String path = "/tokens/" + found(ID, get("/tokens", session).body()) + "/revoke";
		HttpResponse<String> revoked = post(path, session, "_csrf=" + encoded(found(CSRF, get(path, session).body())));
		assertThat(revoked.statusCode()).isEqualTo(302);
		assertThat(shop.get("/api/invoices", successor).statusCode()).isEqualTo(401);
		assertThat(get("/tokens", session).body()).contains("role=\"status\"").contains("You have no token yet.");
	}

	@Test
	void whatIsWrongIsSaidBesideTheField() {
		String session = user("hasty");
		String page = get("/tokens/new", session).body();
		HttpResponse<String> refused = post("/tokens/new", session,
				"_csrf=" + encoded(found(CSRF, page)) + "&form=" + found(FORM, page) + "&name=%3Cb%3E&expiration=30");
		assertThat(refused.statusCode()).isEqualTo(422);
		assertThat(refused.body()).contains("<header>Good day</header>")
			.contains("scopes-fault")
			.contains("&lt;b&gt;")
			.doesNotContain("<b>");
	}

	@Test
	void aFormNeedsTheCsrfTokenOfTheApplication() {
		String session = user("forged");
		String form = "form=" + found(FORM, get("/tokens/new", session).body()) + "&name=CI&scopes=invoices%3Aread";
		assertThat(post("/tokens/new", session, form).statusCode()).isEqualTo(403);
		assertThat(shop.tokens().of("forged")).isEmpty();
	}

	@Test
	void aFormIsNoLargerThanAnyBodyWhetherItsLengthIsAnnouncedOrNot() {
		String session = user("endless");
		String page = get("/tokens/new", session).body();
		String form = "_csrf=" + encoded(found(CSRF, page)) + "&form=" + found(FORM, page)
				+ "&name=CI&expiration=30&scopes=invoices%3Aread";
		HttpRequest.BodyPublisher large = HttpRequest.BodyPublishers
			.ofString(form + "&description=" + "a".repeat(70_000));
		HttpRequest.Builder send = shop.request("/tokens/new")
			.header("Cookie", session)
			.header("Content-Type", "application/x-www-form-urlencoded");
		assertThat(shop.send(send.copy().POST(large)).statusCode()).isEqualTo(413);
		assertThat(shop.send(send.copy().POST(HttpRequest.BodyPublishers.fromPublisher(large))).statusCode())
			.isEqualTo(413);
		assertThat(shop.tokens().of("endless")).isEmpty();
		HttpRequest.BodyPublisher small = HttpRequest.BodyPublishers
			.fromPublisher(HttpRequest.BodyPublishers.ofString(form));
		assertThat(shop.send(send.POST(small)).statusCode()).isEqualTo(200);
		assertThat(shop.tokens().of("endless")).hasSize(1);
	}

	@Test
	void noTokenOpensAPageAndAGuestIsLedToTheSignIn() {
		assertThat(shop.get("/tokens", shop.token("anna", "*")).statusCode()).isEqualTo(403);
		HttpResponse<String> guest = shop.send(shop.request("/tokens").header("Accept", "text/html"));
		assertThat(guest.statusCode()).isEqualTo(302);
		assertThat(guest.headers().firstValue("Location").orElseThrow()).endsWith("/login");
	}

	@Test
	void thePagesSpeakTheLanguageOfTheRequest() {
		HttpResponse<String> list = shop.send(shop.request("/tokens")
			.header("Cookie", user("deutsch"))
			.header("Accept-Language", "de-AT")
			.header("Accept", "text/html"));
		assertThat(list.body()).contains("lang=\"de\"").contains("Sie haben noch kein Token.");
		HttpResponse<String> unknown = shop.send(shop.request("/tokens")
			.header("Cookie", user("francophone"))
			.header("Accept-Language", "fr")
			.header("Accept", "text/html"));
		assertThat(unknown.body()).contains("lang=\"en\"").contains("You have no token yet.");
	}

	@Test
	void whatIsRefusedTheApplicationsPageForErrorsShows() {
		String session = user("lost");
		HttpResponse<String> nowhere = get("/tokens/nonsense", session);
		assertThat(nowhere.statusCode()).isEqualTo(404);
		assertThat(nowhere.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
		String raw = shop.token("lost", "invoices:read");
		HttpResponse<String> leaked = get("/tokens?q=" + raw, session);
		assertThat(leaked.statusCode()).isEqualTo(422);
		assertThat(leaked.body()).doesNotContain(raw);
		assertThat(get("/tokens?q=%ff", session).statusCode()).isEqualTo(400);
		assertThat(get("/tokens?q=%00", session).statusCode()).isEqualTo(400);
		assertThat(post("/tokens", session, "_csrf=" + encoded(found(CSRF, get("/tokens/new", session).body())))
			.statusCode()).isEqualTo(405);
	}

	@Test
	void withoutALayoutTheyArePlainAndLeadToEachOtherWhereverTheyStand() {
		try (Running mine = Running.start(List.of(Shop.class, OwnChainTests.Chain.class), Running.PAGES,
				"latchkey.routes.pages=true", "latchkey.routes.prefix=/mine",
				"server.servlet.context-path=/api/shop")) {
			String session = mine.signIn("anna");
			HttpRequest.Builder page = mine.request("/mine/tokens/new").header("Cookie", session);
			String form = mine.send(page).body();
			assertThat(form).startsWith("<!doctype html>")
				.contains("<title>New personal access token</title>")
				.contains("action=\"/api/shop/mine/tokens/new\"")
				.doesNotContain("\"/tokens");
			HttpRequest.Builder send = mine.request("/mine/tokens/new")
				.header("Cookie", session)
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString("_csrf=" + encoded(found(CSRF, form)) + "&form="
						+ found(FORM, form) + "&name=CI&expiration=30&scopes=invoices%3Aread"));
			assertThat(mine.send(send.copy()).body()).contains("/api/shop/mine/api/tokens/current");
			assertThat(mine.send(send).headers().firstValue("Location").orElseThrow())
				.endsWith("/api/shop/mine/tokens?shown");
			HttpRequest.Builder leaking = mine.request("/mine/tokens?q=" + mine.token("anna", "invoices:read"));
			assertThat(mine.send(leaking.header("Cookie", session)).statusCode()).isEqualTo(422);
			assertThat(mine.send(mine.request("/tokens").header("Cookie", session)).statusCode()).isEqualTo(404);
		}
	}

	@Test
	void beneathThePathOfAServletTheyAndAllRoutesAreThereToo() {
		try (Running app = Running.start(List.of(Shop.class, BasicChain.class, IntrospectionTests.Services.class),
				Running.PAGES, "latchkey.routes.pages=true", "latchkey.routes.introspection=true",
				"latchkey.routes.forward-auth=true", "server.servlet.context-path=/shop",
				"spring.mvc.servlet.path=/app")) {
			HttpResponse<String> shown = app
				.send(app.request("/app/tokens/new").header("Authorization", "Basic YW5uYTpzZWNyZXQ="));
			assertThat(shown.statusCode()).isEqualTo(200);
			String page = shown.body();
			assertThat(page).contains("action=\"/shop/app/tokens/new\"");
			HttpRequest.Builder send = app.request("/app/tokens/new")
				.header("Authorization", "Basic YW5uYTpzZWNyZXQ=")
				.header("Cookie", shown.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0])
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString("_csrf=" + encoded(found(CSRF, page)) + "&form="
						+ found(FORM, page) + "&name=CI&expiration=30&scopes=invoices%3Aread&scopes=tokens%3Awrite"));
			HttpResponse<String> made = app.send(send.copy());
			assertThat(made.body()).contains("/shop/app/api/tokens/current");
			assertThat(app.send(send).headers().firstValue("Location").orElseThrow())
				.endsWith("/shop/app/tokens?shown");
			String raw = found(RAW, made.body());
			assertThat(app.get("/app/api/invoices", raw).statusCode()).isEqualTo(200);
			assertThat(app.get("/app/api/tokens/current", raw).statusCode()).isEqualTo(200);
			assertThat(app.get("/app/forward-auth", raw).statusCode()).isEqualTo(204);
			assertThat(app
				.send(app.request("/app/api/tokens")
					.header("Authorization", "Bearer " + raw)
					.header("Content-Type", "application/json")
					.POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Second\",\"scopes\":[\"invoices:read\"]}")))
				.headers()
				.firstValue("Location")
				.orElseThrow()).startsWith("/shop/app/api/tokens/");
			HttpRequest.Builder question = app.request("/app/oauth2/introspect")
				.header("Authorization", "Basic YmlsbGluZzpnb29k")
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString("token=" + raw));
			assertThat(app.send(question).body()).contains("\"active\":true");
			assertThat(app
				.send(app.request("/app/api/tokens/revoke")
					.header("Content-Type", "application/json")
					.POST(HttpRequest.BodyPublishers.ofString("{\"tokens\":[\"" + raw + "\"]}")))
				.statusCode()).isEqualTo(202);
			assertThat(app.get("/app/api/invoices", raw).statusCode()).isEqualTo(401);
		}
	}

	@Test
	void whoeverSignedInLongAgoSignsInAgainBeforeATokenIsMade() {
		try (Running strict = Running.start(List.of(Shop.class, OwnChainTests.Chain.class), Running.PAGES,
				"latchkey.routes.pages=true", "latchkey.web.reauthenticate-after=1ms")) {
			String session = strict.signIn("anna");
			HttpResponse<String> form = strict.send(strict.request("/tokens/new").header("Cookie", session));
			assertThat(form.statusCode()).isEqualTo(302);
			assertThat(form.headers().firstValue("Location").orElseThrow()).endsWith("/login");
			assertThat(strict.send(strict.request("/tokens").header("Cookie", session)).statusCode()).isEqualTo(200);
		}
	}

	@Test
	void whereTheApplicationHasNoCsrfProtectionNoFormIsTakenAndNoSessionBegins() {
		try (Running bare = Running.start(List.of(Shop.class, BareChain.class), Running.PAGES,
				"latchkey.routes.pages=true")) {
			HttpRequest.Builder request = bare.request("/tokens").header("Authorization", "Basic YW5uYTpzZWNyZXQ=");
			HttpResponse<String> list = bare.send(request.copy());
			assertThat(list.statusCode()).isEqualTo(200);
			assertThat(list.headers().map()).doesNotContainKey("set-cookie");
			assertThat(bare
				.send(bare.request("/tokens/new")
					.header("Authorization", "Basic YW5uYTpzZWNyZXQ=")
					.header("Content-Type", "application/x-www-form-urlencoded")
					.POST(HttpRequest.BodyPublishers.ofString("name=CI&scopes=invoices%3Aread")))
				.statusCode()).isEqualTo(403);
			assertThat(bare.tokens().of("anna")).isEmpty();
		}
	}

	@Test
	void whereTheApplicationLeavesThePagesOutOfItsProtectionAFormNeedsTheCsrfTokenAsWell() {
		try (Running lax = Running.start(List.of(Shop.class, LaxChain.class), Running.PAGES,
				"latchkey.routes.pages=true")) {
			String session = lax.signIn("anna");
			String page = lax.send(lax.request("/tokens/new").header("Cookie", session)).body();
			String form = "form=" + found(FORM, page) + "&name=CI&expiration=30&scopes=invoices%3Aread";
			HttpRequest.Builder send = lax.request("/tokens/new")
				.header("Cookie", session)
				.header("Content-Type", "application/x-www-form-urlencoded");
			for (String csrf : List.of("", "&_csrf=nonsense", "&_csrf=" + "A".repeat(96))) {
				assertThat(lax.send(send.copy().POST(HttpRequest.BodyPublishers.ofString(form + csrf))).statusCode())
					.isEqualTo(403);
			}
			assertThat(lax.tokens().of("anna")).isEmpty();
			String own = form + "&_csrf=" + encoded(found(CSRF, page));
			assertThat(lax.send(send.copy().POST(HttpRequest.BodyPublishers.ofString(own))).statusCode())
				.isEqualTo(200);
		}
	}

	@Test
	void aPageOfTheApplicationsAtTheSamePathStopsTheStart() {
		assertThatException()
			.isThrownBy(() -> Running
				.start(List.of(Shop.class, OwnTokens.class), Running.PAGES, "latchkey.routes.pages=true")
				.close())
			.withMessageContaining("The route /tokens would be hidden");
		Running.start(List.of(Shop.class, OwnTokens.class)).close();
	}

	private static String user(String name) {
		shop.users().put(name, true, "ROLE_USER");
		return shop.signIn(name);
	}

	private static HttpResponse<String> get(String path, String session) {
		return shop.send(shop.request(path).header("Cookie", session).header("Accept", "text/html"));
	}

	private static HttpResponse<String> post(String path, String session, String form) {
		return shop.send(shop.request(path)
			.header("Cookie", session)
			.header("Accept", "text/html")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form)));
	}

	private static String found(Pattern pattern, String page) {
		Matcher matcher = pattern.matcher(page);
		assertThat(matcher.find()).as(pattern.pattern() + " in " + page).isTrue();
		return matcher.group(1);
	}

	private static String encoded(String csrf) {
		return csrf.replace("+", "%2B").replace("=", "%3D");
	}

	/** What an application gives to each of its pages. */
	@ControllerAdvice(annotations = Controller.class)
	static class Greeting {

		@ModelAttribute("greeting")
		String greeting(HttpServletRequest request) {
			request.setAttribute("done", "A name of the application's is taken for one of Latchkey's");
			return "Good day";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BareChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.csrf(AbstractHttpConfigurer::disable)
				.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
				.httpBasic(Customizer.withDefaults())
				.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BasicChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic(Customizer.withDefaults())
				.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LaxChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.csrf((csrf) -> csrf.ignoringRequestMatchers("/tokens/**"))
				.formLogin(Customizer.withDefaults())
				.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults())
				.build();
		}

	}

	@RestController
	static class OwnTokens {

		@GetMapping("/tokens")
		String own() {
			return "Tokens of the application's own";
		}

	}

}
