package dev.latchkey.api;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 2: a token that rotates itself needs {@code tokens:rotate} or
 * {@code tokens:write}, and gets no longer life than it was made with.
 */
@LatchkeyTest
class SelfRotationTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private TestClock clock;

	private User owner;

	private Instant now;

	@BeforeEach
	void makeOwner() {
		this.owner = this.people.user();
		this.now = this.clock.stop();
	}

	@Test
	void aTokenWithoutTheScopeDoesNotRotateItself() {
		Answer answer = rotate(token("notes:read"), null);
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("insufficient_scope");
		assertThat(answer.header("WWW-Authenticate")).contains("scope=\"tokens:rotate tokens:write\"");
		assertThat(answer.<String>json("detail")).contains("one of: tokens:rotate tokens:write");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tokens:rotate", "tokens:write", "tokens:*", "*" })
	void withOneOfTheseItDoes(String scope) {
		assertThat(rotate(token(scope), null).status()).isEqualTo(201);
	}

	@Test
	void theScopeIsForTheTokenItselfAlone() {
		IssuedToken one = token("tokens:rotate");
		IssuedToken other = token("tokens:rotate");
		assertThat(this.http.post("/api/tokens/%s/rotate".formatted(other.details().id()), one.raw().reveal(), null)
			.code()).isEqualTo("insufficient_scope");
	}

	@ParameterizedTest
	@ValueSource(strings = { "tokens:rotate", "tokens:write" })
	void aLongerLifeThanItWasMadeWithIsRefused(String scope) {
		IssuedToken token = token(scope);
		this.clock.advance(Duration.ofMinutes(5));
		for (String path : List.of("/api/tokens/current/rotate",
				"/api/tokens/%s/rotate".formatted(token.details().id()))) {
			if (path.contains("current") || scope.equals("tokens:write")) {
				Answer refused = this.http.post(path, token.raw().reveal(),
						"{\"expires_at\":\"%s\"}".formatted(this.now.plus(16, ChronoUnit.MINUTES)));
				assertThat(refused.status()).isEqualTo(422);
				assertThat(refused.<List<String>>json("errors[*].field")).containsExactly("expires_at");
				assertThat(this.http.post(path, token.raw().reveal(), "{\"expires_at\":\"never\"}").status())
					.isEqualTo(422);
			}
		}
		Answer rotated = rotate(token, "{\"grace_period\":\"P7D\"}");
		assertThat(rotated.<String>json("expires_at")).isEqualTo(this.now.plus(15, ChronoUnit.MINUTES).toString());
		assertThat(this.http.get("/api/tokens/current", token.raw().reveal()).<String>json("expires_at"))
			.as("the grace ends with the token")
			.isEqualTo(this.now.plus(10, ChronoUnit.MINUTES).toString());
	}

	@Test
	void tokensThatExistedBeforeKeepTheRightAndSoDoTheirSuccessors() {
		IssuedToken old = token("notes:read");
		this.jdbc.update("update api_token set rotates_itself = true where id = ?", old.details().id());
		Answer successor = rotate(old, null);
		assertThat(successor.status()).isEqualTo(201);
		assertThat(successor.<List<String>>json("scopes")).containsExactly("notes:read");
		assertThat(this.http.post("/api/tokens/current/rotate", successor.json("token"), null).status()).isEqualTo(201);
	}

	private IssuedToken token(String scope) {
		return this.people.token(this.owner, TokenRequest.of(scope).endingAt(this.now.plus(10, ChronoUnit.MINUTES)));
	}

	private Answer rotate(IssuedToken token, String json) {
		return this.http.post("/api/tokens/current/rotate", token.raw().reveal(), json);
	}

}
