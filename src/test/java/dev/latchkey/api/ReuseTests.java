package dev.latchkey.api;

import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a token does that is used after its rotation.
 */
@LatchkeyTest
class ReuseTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	private User owner;

	private String reader;

	private String first;

	private String second;

	private String firstId;

	@BeforeEach
	void rotateOnce() {
		this.owner = this.people.user();
		this.reader = this.people.raw(this.owner, "*");
		Answer made = this.http.post("/api/tokens", this.reader,
				"{\"name\":\"x\",\"scopes\":[\"user:read\",\"tokens:write\"]}");
		this.firstId = made.json("id");
		this.first = made.json("token");
		this.second = this.http.post("/api/tokens/current/rotate", this.first, null).json("token");
	}

	@Test
	void aUseIsToldOfAndEndsNothing() {
		assertThat(use(this.first).code()).isEqualTo("invalid_token");
		assertThat(use(this.second).status()).isEqualTo(200);
		awaitDetection(null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/tokens/current/rotate", "/api/tokens/current/rotate?x=y" })
	void anAttemptToRotateEndsTheWholeFamily(String path) {
		String third = this.http.post("/api/tokens/current/rotate", this.second, null).json("token");
		String child = this.http.post("/api/tokens", third, "{\"name\":\"child\",\"scopes\":[\"user:read\"]}")
			.json("token");
		Answer attempt = this.http.post(path, this.first, null);
		assertThat(attempt.status()).isEqualTo(401);
		assertThat(attempt.body().replaceAll("\"instance\":\"[^\"]*\"", ""))
			.isEqualTo(use("nonsense").body().replaceAll("\"instance\":\"[^\"]*\"", ""));
		assertThat(use(third).status()).isEqualTo(401);
		assertThat(use(child).status()).isEqualTo(401);
		assertThat(use(this.reader).status()).isEqualTo(200);
		awaitDetection("family revoked");
	}

	@Test
	void rotatingAnotherTokenWithItEndsNothing() {
		assertThat(this.http.post("/api/tokens/%s/rotate".formatted(this.firstId), this.first, null).status())
			.isEqualTo(401);
		assertThat(use(this.second).status()).isEqualTo(200);
	}

	private Answer use(String token) {
		return this.http.get("/api/user", token);
	}

	private void awaitDetection(String detail) {
		await().untilAsserted(() -> {
			Answer events = this.http.get("/api/tokens/%s/events".formatted(this.firstId), this.reader);
			assertThat(events.<List<String>>json("items[?(@.action == 'token.reuse_detected')].detail"))
				.containsExactly(detail);
		});
	}

}
