package dev.latchkey.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class ListTokensTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	private User owner;

	private String key;

	@BeforeEach
	void makeKey() {
		this.owner = this.people.user();
		this.clock.advance(Duration.ofHours(-365 * 24 - 12));
		issue("idle", this.clock.instant().plus(Duration.ofDays(366)), null);
		this.clock.advance(Duration.ofHours(364 * 24 + 12));
		issue("expired", this.clock.instant().plus(Duration.ofHours(1)), null);
		String revoked = issue("revoked", null, null);
		this.clock.advance(Duration.ofDays(1));
		issue("later", null, this.clock.instant().plusSeconds(60));
		issue("Beta_1", this.clock.instant().plus(Duration.ofDays(2)), null);
		issue("alpha%", this.clock.instant().plus(Duration.ofDays(1)), null);
		this.clock.advance(Duration.ofSeconds(1));
		this.key = issue("key", null, null);
		this.http.delete("/api/tokens/current", revoked);
		this.people.token(this.people.user(), "*");
	}

	@Test
	void theActiveOnesComeFirstTheNewestAtTheTop() {
		Answer answer = this.http.get("/api/tokens", this.key);
		assertThat(answer.<List<String>>json("items[*].name")).startsWith("key")
			.containsExactlyInAnyOrder("key", "alpha%", "Beta_1");
		assertThat(answer.<Integer>json("total")).isEqualTo(3);
		assertThat(answer.<List<Map<String, Object>>>json("items")).noneMatch((token) -> token.containsKey("token"));
	}

	@Test
	void aSearchForNothingFindsAll() {
		assertThat(this.http.get("/api/tokens?q=", this.key).<List<String>>json("items[*].id")).hasSize(3)
			.isEqualTo(this.http.get("/api/tokens", this.key).<List<String>>json("items[*].id"));
	}

	@ParameterizedTest
	@CsvSource({ "active,3", "not_yet_active,1", "expired,1", "idle_expired,1", "revoked,1", "all,7" })
	void aStateMayBeAskedFor(String state, int total) {
		Answer answer = this.http.get("/api/tokens?state=" + state, this.key);
		assertThat(answer.<Integer>json("total")).isEqualTo(total);
		assertThat(answer.<List<String>>json("items[*].state")).hasSize(total)
			.allMatch((found) -> state.equals("all") || found.equals(state));
	}

	@ParameterizedTest
	@CsvSource({ "alpha,alpha%", "ALPHA,alpha%", "%25,alpha%", "a_1,Beta_1", "beta,Beta_1", "nothing,", "%5C," })
	void aNameMayBeLookedForLiterally(String text, String name) {
		Answer answer = this.http.get("/api/tokens?q=" + text, this.key);
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		List<String> names = answer.json("items[*].name");
		assertThat(names.stream().filter((found) -> !found.equals("key")).toList())
			.isEqualTo((name != null) ? List.of(name) : List.of());
	}

	@Test
	void aNulIsRefused() {
		assertThat(this.http.get("/api/tokens?q=%00", this.key).code()).isEqualTo("malformed_request");
	}

	@Test
	void aHintMayBeLookedFor() {
		assertThat(
				this.http.get("/api/tokens?q=" + this.key.substring(49), this.key).<List<String>>json("items[*].name"))
			.containsExactly("key");
	}

	@ParameterizedTest
	@CsvSource({ "name,alpha%", "-name,key", "expires_at,alpha%", "-expires_at,key", "created_at,alpha%" })
	void anOrderMayBeAskedFor(String sort, String first) {
		Answer answer = this.http.get("/api/tokens?sort=" + sort, this.key);
		assertThat(answer.<String>json("items[0].name")).isIn(first, sort.equals("created_at") ? "Beta_1" : first);
	}

	@ParameterizedTest
	@ValueSource(strings = { "state=dead", "state=ACTIVE", "sort=scopes", "sort=--name", "sort=digest" })
	void anUnknownStateOrOrderIsRefused(String query) {
		Answer answer = this.http.get("/api/tokens?" + query, this.key);
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly(query.replaceAll("=.*", ""));
	}

	@Test
	void theCurrentOneIsShownToAnyToken() {
		String token = this.people.raw(this.owner, "notes:read");
		assertThat(this.http.get("/api/tokens/current", token).<List<String>>json("scopes"))
			.containsExactly("notes:read");
		assertThat(this.http.get("/api/tokens", token).code()).isEqualTo("insufficient_scope");
	}

	private String issue(String name, Instant end, Instant notBefore) {
		return this.people.raw(this.owner, TokenRequest.of("*").named(name).endingAt(end).goodFrom(notBefore));
	}

}
