package dev.latchkey.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is wrong with a token, outside there is one answer.
 */
@LatchkeyTest
class RefusedAlikeTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private UserService users;

	@Autowired
	private TestClock clock;

	@Test
	void everyBadTokenGetsTheSameAnswer() {
		Instant now = this.clock.stop();
		Map<String, String> bad = new LinkedHashMap<>();
		bad.put("malformed", "lkp_nonsense");
		bad.put("unknown", deleted());
		bad.put("expired", make(TokenRequest.of("*").endingAt(now.plusSeconds(1))));
		bad.put("not yet active", make(TokenRequest.of("*").goodFrom(now.plusSeconds(3600))));
		bad.put("wrong address", make(TokenRequest.of("*").onlyAt("192.0.2.0/24")));
		bad.put("revoked", revoked());
		bad.put("rotated", rotated());
		bad.put("owner disabled", ofDisabled());
		this.clock.advance(Duration.ofSeconds(1));
		List<String> answers = new ArrayList<>();
		bad.forEach((why, token) -> {
			Answer answer = this.http.get("/api/user", token);
			assertThat(answer.status()).as(why).isEqualTo(401);
			answers.add(whole(answer));
		});
		this.clock.advance(Duration.ofDays(366));
		Answer idle = this.http.get("/api/user", make(TokenRequest.of("*").endingAt(now.plusSeconds(60)), now));
		answers.add(whole(idle));
		assertThat(answers.stream().distinct()).hasSize(1);
		assertThat(answers.get(0)).contains("error=\"invalid_token\"", "error_description=\"");
	}

	@Test
	void theAnswerToABadTokenIsNotKept() {
		assertThat(this.http.get("/api/user", "nonsense").header("Cache-Control")).contains("no-store");
	}

	// Without what the container says of the connection at every hundredth request.
	private static String whole(Answer answer) {
		Set<String> headers = new TreeSet<>(answer.response().headers().map().keySet());
		headers.remove("connection");
		return answer.body() + answer.header("WWW-Authenticate") + headers;
	}

	private String deleted() {
		User owner = this.people.user();
		String token = this.people.raw(owner, "*");
		this.users.delete(Actor.SERVER, owner.id());
		return token;
	}

	private String ofDisabled() {
		User owner = this.people.user();
		String token = this.people.raw(owner, "*");
		this.people.disable(owner);
		return token;
	}

	private String revoked() {
		IssuedToken token = this.people.token(this.people.user(), "*");
		this.http.delete("/api/tokens/current", token.raw().reveal());
		return token.raw().reveal();
	}

	private String rotated() {
		IssuedToken token = this.people.token(this.people.user(), "*");
		assertThat(this.http.post("/api/tokens/current/rotate", token.raw().reveal(), null).status()).isEqualTo(201);
		return token.raw().reveal();
	}

	private String make(TokenRequest request) {
		return make(request, this.clock.instant());
	}

	private String make(TokenRequest request, Instant when) {
		Instant then = this.clock.instant();
		this.clock.stopAt(when);
		String token = this.people.raw(this.people.user(), request);
		this.clock.stopAt(then);
		return token;
	}

}
