package dev.latchkey.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which rotations are refused.
 */
@LatchkeyTest
class RotateOnceTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

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
	void aTokenIsRotatedOnce() {
		assertThat(rotate("{\"grace_period\":\"PT1H\"}").status()).isEqualTo(201);
		Answer again = rotate(null);
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.code()).isEqualTo("already_rotated");
		assertThat(this.http.post("/api/tokens/current/rotate", this.old.raw().reveal(), null).code())
			.isEqualTo("already_rotated");
	}

	@RepeatedTest(5)
	void ofTwoRotationsAtOnceOneWins() throws Exception {
		CyclicBarrier start = new CyclicBarrier(2);
		Callable<Answer> rotation = () -> {
			start.await();
			return rotate("{\"grace_period\":\"PT1H\"}");
		};
		ExecutorService clients = Executors.newFixedThreadPool(2);
		try {
			List<Integer> statuses = new ArrayList<>();
			for (var answer : clients.invokeAll(List.of(rotation, rotation))) {
				statuses.add(answer.get().status());
			}
			assertThat(statuses).containsExactlyInAnyOrder(201, 409);
		}
		finally {
			clients.shutdownNow();
		}
	}

	@Test
	void aTokenThatHasEndedIsNotRotated() {
		this.http.delete("/api/tokens/" + this.old.details().id(), this.key);
		Answer answer = rotate(null);
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.code()).isEqualTo("token_not_active");
	}

	@Test
	void anothersTokenIsNotThere() {
		String stranger = this.people.raw(this.people.user(), "*");
		assertThat(this.http.post("/api/tokens/%s/rotate".formatted(this.old.details().id()), stranger, null).code())
			.isEqualTo("not_found");
		assertThat(this.http.post("/api/tokens/nonsense/rotate", stranger, null).code()).isEqualTo("not_found");
	}

	private Answer rotate(String json) {
		return this.http.post("/api/tokens/%s/rotate".formatted(this.old.details().id()), this.key, json);
	}

	private Answer token() {
		return this.http.get("/api/tokens/" + this.old.details().id(), this.key);
	}

}
