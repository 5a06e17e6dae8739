package dev.latchkey.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Where the longest life holds for all, tokens that were made for longer do not work, and
 * are not ended.
 */
@LatchkeyTest
@TestPropertySource(properties = { "latchkey.tokens.max-lifetime=30d", "latchkey.tokens.max-lifetime-for=all" })
class LongestLifeForAllTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	private User user;

	private String token;

	private UUID id;

	private String other;

	@BeforeEach
	void makeTokens() {
		this.user = this.people.user();
		IssuedToken issued = this.people.token(this.user, TokenRequest.of("*").named("long"));
		this.token = issued.raw().reveal();
		this.id = issued.details().id();
		this.other = this.people.raw(this.user, TokenRequest.of("*").named("short"));
	}

	@Test
	void aTokenForLongerIsSuspendedUntilTheLimitIsLonger() {
		assertThat(this.http.get("/api/user", this.token).status()).isEqualTo(200);
		live("created_at + interval '31 days'");
		awaitStatus(401);
		assertThat(this.http.get("/api/user", this.token).code()).isEqualTo("invalid_token");
		live("created_at + interval '30 days'");
		awaitStatus(200);
		live("null");
		awaitStatus(401);
	}

	@Test
	void listsAndDiagnoseSaySo() {
		live("created_at + interval '31 days'");
		assertThat(names("suspended")).containsExactly("long");
		assertThat(names("active")).containsExactly("short");
		assertThat(names("not_yet_active")).isEmpty();
		assertThat(this.http.get("/api/tokens/" + this.id, this.other).<String>json("state")).isEqualTo("suspended");
		Answer diagnosis = this.http.post("/api/tokens/diagnose", "{\"token\":\"%s\"}".formatted(this.token));
		assertThat(diagnosis.<String>json("state")).isEqualTo("suspended");
		assertThat(diagnosis.<List<String>>json("reasons")).singleElement()
			.asString()
			.contains("longer life than this server allows");
	}

	@Test
	void nobodyResumesItAndItCanBeRevoked() {
		live("null");
		Answer refused = this.http.post("/api/tokens/%s/resume".formatted(this.id), this.other, "{}");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.code()).isEqualTo("token_not_active");
		assertThat(refused.<String>json("detail")).contains("longer life than this server allows", "cannot be resumed");
		Answer rotated = this.http.post("/api/tokens/%s/rotate".formatted(this.id), this.other, "{}");
		assertThat(rotated.status()).isEqualTo(409);
		assertThat(rotated.<String>json("detail")).isEqualTo(refused.json("detail"));
		awaitStatus(401);
		assertThat(this.http.delete("/api/tokens/" + this.id, this.other).status()).isEqualTo(204);
		assertThat(names("revoked")).containsExactly("long");
	}

	@Test
	void thePageOffersNothingThatDoesNotHelp() {
		live("null");
		Visitor visitor = new Visitor(this.http.base()).signIn(this.user);
		await().untilAsserted(() -> assertThat(visitor.get("/tokens/" + this.id).body())
			.contains("Made for too long", "Make a new token in its place")
			.doesNotContain(">Resume<", ">Rotate<"));
		visitor.post("/tokens/%s/resume".formatted(this.id));
		assertThat(visitor.get("/tokens/" + this.id).body()).contains("cannot be resumed")
			.doesNotContain("The token works again");
	}

	@Test
	void onlyPersonalTokensAreHeldToIt() {
		TokenLives lives = new TokenLives(new Lifetime(null), Duration.ofDays(90), new Lifetime(Duration.ofDays(30)));
		assertThat(lives.isTooLong(TokenKind.PERSONAL, Instant.EPOCH, null)).isTrue();
		assertThat(lives.isTooLong(TokenKind.REFRESH, Instant.EPOCH, null)).isFalse();
	}

	/** A row that is changed by hand is told of as soon as it is heard. */
	private void awaitStatus(int status) {
		await().untilAsserted(() -> assertThat(this.http.get("/api/user", this.token).status()).isEqualTo(status));
	}

	private void live(String end) {
		this.jdbc.update("update api_token set expires_at = %s where id = ?".formatted(end), this.id);
	}

	private List<String> names(String state) {
		return this.http.get("/api/tokens?state=" + state, this.other).json("items[*].name");
	}

}
