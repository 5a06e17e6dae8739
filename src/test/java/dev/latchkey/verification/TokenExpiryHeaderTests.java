package dev.latchkey.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.token.IssuedToken;
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

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Routes routes;

	@Autowired
	private TestClock clock;

	@Test
	void everyAnswerToATokenWhoseEndIsNearSaysWhenThatIs() {
		User user = this.people.user();
		List<Route> asked = this.routes.openedByToken();
		assertThat(asked).extracting(Route::path).contains("/forward-auth", "/user/my-account", "/api/user");
		for (Route route : asked) {
			IssuedToken token = endingIn(user, 14);
			assertToldTheEnd(this.http.call(route, token.raw().reveal()), token, route.toString());
		}
		IssuedToken requester = endingIn(user, 14);
		assertToldTheEnd(this.http.postForm("/oauth2/introspect", "Bearer " + requester.raw().reveal(), "token", "x"),
				requester, "introspection");
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

	/** By then its holder sees nothing but refusals. */
	@Test
	void soDoRefusalsOfOneThatIsUsedTooOften() {
		User user = this.people.user();
		IssuedToken near = this.people.token(user, TokenRequest.of("*").endingIn(3).atMost(1));
		IssuedToken far = this.people.token(user, TokenRequest.of("*").endingIn(30).atMost(1));
		assertThat(this.http.get("/api/user", near.raw().reveal()).status()).isEqualTo(200);
		assertThat(this.http.get("/api/user", far.raw().reveal()).status()).isEqualTo(200);
		for (Function<String, Answer> door : List.<Function<String, Answer>>of(
				(token) -> this.http.get("/api/user", token), (token) -> this.http.get("/forward-auth", token),
				(token) -> this.http.postForm("/oauth2/introspect", "Bearer " + token, "token", "x"))) {
			Answer refused = door.apply(near.raw().reveal());
			assertThat(refused.status()).as(refused.body()).isEqualTo(429);
			assertToldTheEnd(refused, near, refused.response().uri().getPath());
			Answer silent = door.apply(far.raw().reveal());
			assertThat(silent.status()).as(silent.body()).isEqualTo(429);
			assertThat(silent.header(HEADER)).isNull();
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
		return this.people.token(user, TokenRequest.of("*").endingIn(days));
	}

	private static void assertToldTheEnd(Answer answer, IssuedToken token, String where) {
		assertThat(answer.header(HEADER)).as(where + " " + answer.status())
			.isEqualTo(token.details().terms().expiresAt().toString())
			.endsWith("Z");
	}

}
