package dev.latchkey.api;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Scopes;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.token.Lineage;
import dev.latchkey.token.TokenGrant;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenTerms;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The token with which one asks is shown whole, from memory, and is the same on every
 * route that shows it.
 */
@LatchkeyTest
class PresentedTokenTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TokenIssuer issuer;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcClient jdbc;

	private User owner;

	@BeforeEach
	void makeOwner() {
		this.owner = this.people.user();
		this.clock.stop();
	}

	@Test
	void aTokenWithNothingButANameAndScopes() {
		assertShownAlike(made("\"scopes\":[\"user:read\",\"tokens:read\"]"));
	}

	@Test
	void aTokenWithEverythingThatATokenCanHave() {
		String token = made("""
				"scopes":["*"],"expires_in_days":3,"not_before":"%s","allowed_ips":["127.0.0.0/8","2001:db8::/32"],
				"rate_limit":7000""".formatted(this.clock.instant().plusSeconds(1)));
		this.clock.advance(Duration.ofMinutes(1));
		Map<String, Object> shown = assertShownAlike(token);
		assertThat(shown).containsEntry("rate_limit", 7000);
		assertThat(shown.get("not_before")).isNotNull();
	}

	@Test
	void aTokenOfAFlow() {
		assertShownAlike(
				this.issuer
					.issue(Actor.SERVER,
							new TokenGrant(TokenKind.ACCESS, this.owner.id(), "some-client", "Some client", null,
									TokenTerms.of(Scopes.of("user:read", "tokens:read"),
											this.clock.instant().plusSeconds(600)),
									Lineage.NONE),
							this.clock.instant())
					.raw()
					.reveal());
	}

	@Test
	void aTokenThatWasReplacedAndLivesForItsGrace() {
		String token = made("\"scopes\":[\"*\"]");
		assertThat(this.http.post("/api/tokens/current/rotate", token, "{\"grace_period\":\"PT1H\"}").status())
			.isEqualTo(201);
		assertThat(assertShownAlike(token))
			.containsEntry("expires_at", this.clock.instant().plus(Duration.ofHours(1)).toString())
			.containsEntry("revoked_at", null);
	}

	@Test
	void aTokenThatWasJustChanged() {
		String token = made("\"scopes\":[\"*\"]");
		String id = assertShownAlike(token).get("id").toString();
		assertThat(this.http
			.patch("/api/tokens/" + id, token,
					"{\"name\":\"other\",\"scopes\":[\"user:read\",\"tokens:read\"],\"allowed_ips\":[\"127.0.0.1\"]}")
			.status()).isEqualTo(200);
		assertThat(assertShownAlike(token)).containsEntry("name", "other");
	}

	@Test
	void itsFirstUseIsTheRequestThatShowsIt() {
		Instant now = this.clock.instant();
		assertThat(this.http.get("/api/user", made("\"scopes\":[\"user:read\"]")).<Map<String, Object>>json("token"))
			.containsEntry("last_used_at", now.toString())
			.containsEntry("last_used_ip", "127.0.0.1");
	}

	@Test
	void noLaterUseIsOlderThanAMinute() {
		String token = made("\"scopes\":[\"user:read\"]");
		this.http.get("/api/user", token);
		Instant later = this.clock.advance(Duration.ofMinutes(5));
		assertThat(this.http.get("/api/user", token).<String>json("token.last_used_at")).isEqualTo(later.toString());
	}

	private String made(String fields) {
		String maker = this.people.raw(this.owner, "*");
		return this.http.post("/api/tokens", maker, "{\"name\":\"shown\",%s}".formatted(fields)).json("token");
	}

	/** The route that asks the database is asked when it knows of the use. */
	private Map<String, Object> assertShownAlike(String token) {
		Map<String, Object> shown = this.http.get("/api/user", token).json("token");
		assertThat(shown).containsOnlyKeys("id", "name", "scopes", "hint", "expires_at", "not_before", "allowed_ips",
				"rate_limit", "created_at", "last_used_at", "last_used_ip", "state", "revoked_at", "description",
				"resources", "revocation_reason");
		assertThat(read("/api/tokens/current", token)).isEqualTo(shown);
		String id = shown.get("id").toString();
		Awaitility.await().until(() -> isWritten(id));
		Map<String, Object> whole = new HashMap<>(read("/api/tokens/" + id, token));
		assertThat(whole.remove("scopes_used")).isInstanceOf(List.class);
		assertThat(whole).isEqualTo(shown);
		return shown;
	}

	private Map<String, Object> read(String path, String token) {
		return JsonPath.read(this.http.get(path, token).body(), "$");
	}

	private boolean isWritten(String id) {
		return this.jdbc.sql("select last_used_at is not null from api_token where id = ?")
			.param(UUID.fromString(id))
			.query(Boolean.class)
			.single();
	}

}
