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
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class RotateTokenTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	private User owner;

	private String key;

	private IssuedToken old;

	@BeforeEach
	void makeTokens() {
		this.owner = this.people.user();
		this.key = this.people.raw(this.owner, "*");
		this.old = this.people.token(this.owner, "user:read", "tokens:rotate");
	}

	@Test
	void aSuccessorTakesOverAtOnce() {
		Answer answer = rotate(null);
		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.header("Cache-Control")).contains("no-store");
		assertThat(answer.header("Location")).isEqualTo("/api/tokens/" + answer.<String>json("id"));
		assertThat(answer.<String>json("id")).isNotEqualTo(this.old.details().id().toString());
		assertThat(answer.<String>json("name")).isEqualTo("test");
		assertThat(answer.<List<String>>json("scopes")).containsExactly("tokens:rotate", "user:read");
		assertThat(use(answer.json("token"))).isEqualTo(200);
		assertThat(use(this.old.raw().reveal())).isEqualTo(401);
		assertThat(state()).isEqualTo("revoked");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT1H", "PT168H", "P7D", "PT0.5S" })
	void theOldOneLivesForItsGracePeriod(String grace) {
		Instant now = this.clock.stop();
		assertThat(rotate("{\"grace_period\":\"%s\"}".formatted(grace)).status()).isEqualTo(201);
		Instant end = now.plus(Duration.parse(grace));
		if (end.isAfter(now)) {
			this.clock.stopAt(end.minus(1, ChronoUnit.MICROS));
			assertThat(use(this.old.raw().reveal())).isEqualTo(200);
			assertThat(state()).isEqualTo("active");
			assertThat(Instant.parse(token().json("expires_at"))).isEqualTo(end);
		}
		this.clock.stopAt(end);
		assertThat(use(this.old.raw().reveal())).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "P7DT0.000001S", "P8D", "PT-1S", "PT9999999H" })
	void aGracePeriodOutOfRangeIsRefusedAndNothingIsRotated(String grace) {
		Answer answer = rotate("{\"grace_period\":\"%s\"}".formatted(grace));
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("grace_period");
		assertThat(use(this.old.raw().reveal())).isEqualTo(200);
		assertThat(rotate(null).status()).isEqualTo(201);
	}

	@Test
	void theGracePeriodNeverOutlivesTheTokensOwnEnd() {
		Instant now = this.clock.stop();
		Answer shortLived = this.http.post("/api/tokens", this.key,
				"{\"name\":\"x\",\"scopes\":[\"user:read\"],\"expires_in_days\":1}");
		this.clock.advance(Duration.ofHours(23));
		this.http.post("/api/tokens/%s/rotate".formatted(shortLived.<String>json("id")), this.key,
				"{\"grace_period\":\"P2D\"}");
		this.clock.stopAt(now.plus(1, ChronoUnit.DAYS).minusSeconds(1));
		assertThat(use(shortLived.json("token"))).isEqualTo(200);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(use(shortLived.json("token"))).isEqualTo(401);
		assertThat(this.http.get("/api/tokens/" + shortLived.<String>json("id"), this.key).<String>json("state"))
			.as("its grace is over, so that using it is reuse")
			.isEqualTo("revoked");
	}

	@Test
	void theSuccessorBeginsNoSoonerThanTheOldOne() {
		Instant begin = this.clock.stop().plus(7, ChronoUnit.DAYS);
		String id = this.http
			.post("/api/tokens", this.key,
					"{\"name\":\"x\",\"scopes\":[\"user:read\"],\"not_before\":\"%s\"}".formatted(begin))
			.json("id");
		Answer successor = this.http.post("/api/tokens/%s/rotate".formatted(id), this.key, null);
		assertThat(successor.<String>json("not_before")).isEqualTo(begin.toString());
		assertThat(use(successor.json("token"))).isEqualTo(401);
	}

	@Test
	void aSuccessorThatWouldEndBeforeItBeginsIsRefusedAndTheOldOneStays() {
		Instant begin = this.clock.stop().plus(7, ChronoUnit.DAYS);
		String id = this.http
			.post("/api/tokens", this.key,
					"{\"name\":\"x\",\"scopes\":[\"user:read\"],\"not_before\":\"%s\"}".formatted(begin))
			.json("id");
		for (Instant end : List.of(begin.minus(1, ChronoUnit.DAYS), begin)) {
			Answer answer = this.http.post("/api/tokens/%s/rotate".formatted(id), this.key,
					"{\"expires_at\":\"%s\"}".formatted(end));
			assertThat(answer.status()).isEqualTo(422);
			assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("expires_at");
		}
		assertThat(this.http.get("/api/tokens/" + id, this.key).<String>json("state")).isEqualTo("not_yet_active");
		assertThat(this.http
			.post("/api/tokens/%s/rotate".formatted(id), this.key,
					"{\"expires_at\":\"%s\"}".formatted(begin.plusSeconds(1)))
			.status()).isEqualTo(201);
	}

	@Test
	void theSuccessorLivesAsLongAsTheOldOneDidUnlessToldOtherwise() {
		Instant now = this.clock.stop();
		String life = "{\"name\":\"x\",\"scopes\":[\"user:read\"],\"expires_in_days\":5}";
		String first = this.http.post("/api/tokens", this.key, life).json("id");
		String second = this.http.post("/api/tokens", this.key, life).json("id");
		this.clock.advance(Duration.ofDays(2));
		assertThat(this.http.post("/api/tokens/%s/rotate".formatted(first), this.key, null).<String>json("expires_at"))
			.isEqualTo(now.plus(7, ChronoUnit.DAYS).toString());
		Instant wanted = now.plus(3, ChronoUnit.DAYS);
		assertThat(this.http
			.post("/api/tokens/%s/rotate".formatted(second), this.key, "{\"expires_at\":\"%s\"}".formatted(wanted))
			.<String>json("expires_at")).isEqualTo(wanted.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "never", "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z" })
	void anEndOutOfRangeIsRefused(String end) {
		Answer answer = rotate("{\"expires_at\":\"%s\"}".formatted(end));
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("expires_at");
	}

	@Test
	void theSuccessorIsRotatedInTurn() {
		String second = rotate(null).json("token");
		Answer third = this.http.post("/api/tokens/current/rotate", second, "{}");
		assertThat(third.status()).isEqualTo(201);
		assertThat(use(third.json("token"))).isEqualTo(200);
		assertThat(use(second)).isEqualTo(401);
	}

	private Answer rotate(String json) {
		return this.http.post("/api/tokens/%s/rotate".formatted(this.old.details().id()), this.key, json);
	}

	private int use(String token) {
		return this.http.get("/api/user", token).status();
	}

	private Answer token() {
		return this.http.get("/api/tokens/" + this.old.details().id(), this.key);
	}

	private String state() {
		return token().json("state");
	}

}
