package dev.latchkey.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.testing.TestClock;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.NewToken;
import dev.latchkey.token.TokenIssuer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 4: in the last 14 days of a token answers carry
 * {@code Latchkey-Token-Expires}.
 */
@LatchkeyTest
class TokenExpiryHeaderTests {

	private static final String HEADER = "Latchkey-Token-Expires";

	/** Their credentials are in the body. */
	private static final Set<String> NO_BEARER = Set.of("/api/login", "/api/tokens/revoke", "/api/tokens/diagnose");

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Routes routes;

	@Autowired
	private TokenIssuer issuer;

	@Autowired
	private TestClock clock;

	@Test
	void everyAnswerToATokenWhoseEndIsNearSaysWhenThatIs() {
		User user = this.people.user();
		List<Route> asked = this.routes.all().stream().filter(TokenExpiryHeaderTests::takesBearer).toList();
		assertThat(asked).extracting(Route::path)
			.contains("/forward-auth", "/oauth2/introspect", "/user/my-account", "/api/user");
		for (Route route : asked) {
			IssuedToken token = endingIn(user, 14);
			Answer answer = ask(route, token);
			assertThat(answer.header(HEADER)).as(route + " " + answer.status())
				.isEqualTo(token.details().terms().expiresAt().toString())
				.endsWith("Z");
		}
	}

	@Test
	void refusalsOfAGoodTokenSayItToo() {
		String token = endingIn(this.people.user(), 3).raw().reveal();
		for (String path : List.of("/api/users", "/api/nowhere", "/api/user?nonsense=1",
				"/forward-auth?scope=users:read")) {
			Answer answer = this.http.get(path, token);
			assertThat(answer.status()).as(path).isIn(403, 404, 422);
			assertThat(answer.header(HEADER)).as(path).isNotNull();
		}
	}

	@Test
	void whileTheEndIsFarNothingIsSaid() {
		IssuedToken token = endingIn(this.people.user(), 15);
		for (String path : List.of("/api/user", "/forward-auth")) {
			assertThat(this.http.get(path, token.raw().reveal()).header(HEADER)).as(path).isNull();
		}
		Instant end = token.details().terms().expiresAt();
		this.clock.stopAt(end.minus(Duration.ofDays(14)).minusMillis(1));
		assertThat(this.http.get("/api/user", token.raw().reveal()).header(HEADER)).isNull();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.http.get("/api/user", token.raw().reveal()).header(HEADER)).isEqualTo(end.toString());
	}

	@Test
	void theEndOfARotatedTokenIsThatOfItsGracePeriod() {
		User user = this.people.user();
		IssuedToken token = this.people.token(user, "*");
		Instant now = this.clock.stop();
		assertThat(this.http.post("/api/tokens/current/rotate", token.raw().reveal(), "{\"grace_period\":\"PT1H\"}")
			.status()).isEqualTo(201);
		assertThat(this.http.get("/api/user", token.raw().reveal()).header(HEADER))
			.isEqualTo(now.plus(Duration.ofHours(1)).toString());
	}

	@Test
	void whatBringsNoGoodTokenIsToldNothing() {
		assertThat(this.http.get("/api/user").header(HEADER)).isNull();
		IssuedToken token = endingIn(this.people.user(), 1);
		this.http.delete("/api/tokens/current", token.raw().reveal());
		Answer answer = this.http.get("/api/user", token.raw().reveal());
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header(HEADER)).isNull();
	}

	private IssuedToken endingIn(User user, int days) {
		return this.issuer.issue(Actor.account(user.id()),
				new NewToken("near", List.of("*"), null, days, null, null, null));
	}

	private Answer ask(Route route, IssuedToken token) {
		String raw = token.raw().reveal();
		if (route.path().equals("/oauth2/introspect")) {
			return this.http.postForm(route.path(), "Bearer " + raw, "token", "x");
		}
		boolean body = !List.of("GET", "DELETE").contains(route.method());
		return this.http.send(route.method(), route.path(), body ? "{}" : null, Http.bearer(raw));
	}

	private static boolean takesBearer(Route route) {
		String path = route.path();
		return (path.startsWith("/api/") && !NO_BEARER.contains(path)) || path.endsWith("/my-account")
				|| path.equals("/forward-auth") || path.equals("/oauth2/introspect");
	}

}
