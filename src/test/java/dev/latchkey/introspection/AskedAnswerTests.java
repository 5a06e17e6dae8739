package dev.latchkey.introspection;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.caller.User;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.resource.ResourceRegistry;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.StatementCounter;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.verification.Beliefs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * With {@code Cache-Control: no-cache} the database answers, and the answer says how long
 * it may be kept. Rows are changed with triggers off here, so that what is remembered
 * goes on being believed.
 */
@LatchkeyTest
class AskedAnswerTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private ClientRegistrations registrations;

	@Autowired
	private ResourceRegistry resources;

	@Autowired
	private Beliefs beliefs;

	private final String client = "rs-" + UUID.randomUUID();

	private User user;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.registrations.registerOwn(this.client, new ClientSecret("secret"), Role.USER, this.user.id());
	}

	@AfterEach
	void removeResources() {
		this.jdbc.update("delete from protected_resource");
	}

	@Test
	void anAnswerSaysHowLongItMayBeKept() {
		Instant now = this.clock.stop();
		IssuedToken token = this.people.token(this.user, TokenRequest.of("notes:read").atMost(100));
		Answer answer = ask(token.raw().reveal());
		assertThat(answer.<Boolean>json("active")).isTrue();
		assertThat(answer.<String>json("scope")).isEqualTo("notes:read");
		assertThat(answer.<Integer>json("now")).isBetween((int) now.getEpochSecond(), (int) now.getEpochSecond() + 1);
		assertThat(answer.<List<Integer>>json("places")).contains(Beliefs.place(token.details().id()),
				Beliefs.place(this.user.id()), Beliefs.place(Beliefs.RESOURCES), Beliefs.place(registration()));
		assertThat(answer.<String>json("rules")).isNotBlank();
		assertThat(answer.<Boolean>json("address_bound")).isFalse();
		assertThat(answer.<Integer>json("rate_limit")).isEqualTo(100);
		assertThat(answer.<Integer>json("believe_s")).isEqualTo(60);
		assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
	}

	@Test
	void withoutTheDirectiveItSaysNothingOfThat() {
		assertThat(remembered(this.people.raw(this.user, "notes:read")).body()).doesNotContain("places", "rules",
				"believe_s");
	}

	@Test
	void aTokenWithoutALimitSaysSo() {
		assertThat(ask(this.people.raw(this.user, "notes:read")).body()).contains("\"rate_limit\":null");
	}

	@Test
	void anAnswerIsBelievedNoLongerThanTheTokenLives() {
		this.clock.stop();
		String token = this.people.raw(this.user,
				TokenRequest.of("notes:read").endingAt(this.clock.instant().plus(Duration.ofSeconds(20))));
		assertThat(ask(token).<Integer>json("believe_s")).isLessThanOrEqualTo(20);
	}

	@Test
	void anAnswerForOneAddressSaysSo() {
		String token = this.people.raw(this.user, TokenRequest.of("notes:read").onlyAt("192.0.2.0/24"));
		Answer answer = ask("max-age=0, No-Cache", "token", token, "client_ip", "192.0.2.7");
		assertThat(answer.<Boolean>json("address_bound")).isTrue();
		assertThat(ask(token).body()).isEqualTo("{\"active\":false}");
	}

	@Test
	void aRowThatChangedInSilenceIsSeen() {
		IssuedToken token = this.people.token(this.user, "notes:read");
		String raw = token.raw().reveal();
		assertThat(remembered(raw).<Boolean>json("active")).isTrue();
		inSilence("update api_token set revoked_at = now() from silent where id = ?", token.details().id());
		assertThat(remembered(raw).<Boolean>json("active")).isTrue();
		assertThat(ask(raw).body()).isEqualTo("{\"active\":false}");
		// What it has learned it goes by.
		assertThat(remembered(raw).body()).isEqualTo("{\"active\":false}");
	}

	@Test
	void anOwnerWhoChangedInSilenceIsSeen() {
		String raw = this.people.raw(this.user, "notes:read");
		assertThat(remembered(raw).<Boolean>json("active")).isTrue();
		inSilence("update token_owner set enabled = false from silent where id = ?", this.user.id());
		assertThat(remembered(raw).<Boolean>json("active")).isTrue();
		assertThat(ask(raw).body()).isEqualTo("{\"active\":false}");
	}

	@Test
	void aClientThatChangedInSilenceIsSeen() {
		String raw = this.people.raw(this.user, "notes:read");
		assertThat(remembered(raw).<Boolean>json("active")).isTrue();
		inSilence("update oauth_client set resource = 'elsewhere' from silent where client_id = ?", this.client);
		assertThat(remembered(raw).<Boolean>json("active")).isTrue();
		assertThat(ask(raw).body()).isEqualTo("{\"active\":false}");
		inSilence("update oauth_client set disabled_at = now() from silent where client_id = ?", this.client);
		assertThat(ask(raw).status()).isEqualTo(401);
	}

	@Test
	void aResourceThatChangedInSilenceIsSeen() {
		String name = "letters-" + UUID.randomUUID().toString().substring(0, 8);
		String admin = this.people.raw(this.people.superuser(), "*");
		this.http.put("/api/resources/" + name, admin,
				"{\"address\":\"https://%1$s.example\",\"scopes\":[{\"name\":\"%1$s:read\",\"description\":\"d\",\"role\":\"USER\"}]}"
					.formatted(name));
		String raw = this.people.raw(this.user, TokenRequest.of(name + ":read").boundTo(name));
		assertThat(remembered(raw).<String>json("scope")).isEqualTo(name + ":read");
		inSilence("update resource_scope set role = 'ADMIN' from silent where resource = ?", name);
		assertThat(remembered(raw).<String>json("scope")).isEqualTo(name + ":read");
		assertThat(ask(raw).<String>json("scope")).isEmpty();
	}

	@Test
	void whoeverElseGoesByWhatIsKnownOfResourcesDoesSoStill() {
		String raw = this.people.raw(this.user, "notes:read");
		await().untilAsserted(() -> {
			this.resources.all();
			assertThat(ask(raw).<Boolean>json("active")).isTrue();
			assertThat(StatementCounter.during(this.resources::all)).isEmpty();
		});
	}

	@Test
	void anAnswerIsBelievedNoLongerThanItsScopesAreThere() {
		this.clock.stop();
		String name = "parcels-" + UUID.randomUUID().toString().substring(0, 8);
		String admin = this.people.raw(this.people.superuser(), "*");
		String scope = "{\"address\":\"https://%1$s.example\",\"scopes\":[{\"name\":\"%1$s:read\",\"description\":\"d\",\"role\":\"USER\"%2$s}]}";
		this.http.put("/api/resources/" + name, admin, scope.formatted(name, ""));
		String raw = this.people.raw(this.user, TokenRequest.of(name + ":read").boundTo(name));
		assertThat(ask(raw).<Integer>json("believe_s")).isEqualTo(60);
		String soon = this.clock.instant().plus(Duration.ofSeconds(30)).toString();
		Answer retired = this.http.put("/api/resources/" + name, admin,
				scope.formatted(name, ",\"retired_at\":\"" + soon + "\""));
		assertThat(retired.status()).as(retired.body()).isEqualTo(200);
		assertThat(ask(raw).<Integer>json("believe_s")).isLessThanOrEqualTo(30);
	}

	@Test
	void aTokenOfAnotherSystemIsLookedUpWhetherThereAreKnownToBeSomeOrNot() {
		String key = "imported-key-" + UUID.randomUUID();
		assertThat(ask(key).body()).isEqualTo("{\"active\":false}");
		inSilence(
				"""
						insert into api_token (id, owner_id, created_at, digest, kind, name, scopes, imported_from)
						select gen_random_uuid(), ?, now(), sha256(convert_to(?, 'UTF8')), 'p', 'x', 'notes:read', 'keys' from silent
						""",
				this.user.id(), key);
		try {
			assertThat(ask(key).<Boolean>json("active")).isTrue();
		}
		finally {
			this.jdbc.update("delete from api_token where owner_id = ?", this.user.id());
			// Else others find that there are some.
			this.jdbc.execute("select pg_notify('latchkey_changes', '*')");
		}
	}

	/** Of the key nobody tells: what was kept is believed for a minute at the most. */
	@Test
	void aJwtIsNothingOnceItsKeyWasTakenOut() throws ParseException {
		String jwt = exchanged();
		assertThat(ask(jwt).<Integer>json("believe_s")).isLessThanOrEqualTo(60);
		String kid = SignedJWT.parse(jwt).getHeader().getKeyID();
		Map<String, Object> key = this.jdbc.queryForMap("select * from oauth_signing_key where kid = ?", kid);
		this.jdbc.update("delete from oauth_signing_key where kid = ?", kid);
		try {
			assertThat(ask(jwt).body()).isEqualTo("{\"active\":false}");
		}
		finally {
			new SimpleJdbcInsert(this.jdbc).withTableName("oauth_signing_key").execute(key);
		}
		assertThat(ask(jwt).<Boolean>json("active")).isTrue();
	}

	private String exchanged() {
		Answer jwt = send(null, "/oauth2/token", "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
				"subject_token", this.people.raw(this.user, "notes:read"), "subject_token_type",
				"urn:ietf:params:oauth:token-type:access_token");
		assertThat(jwt.status()).as(jwt.body()).isEqualTo(200);
		return jwt.json("access_token");
	}

	@Test
	void aRefreshTokenAndAJwtAreAnsweredInTheSameWay() {
		Answer pair = this.http.post("/security/generate-token", """
				{"grant_type":"password","client_id":"%s","client_secret":"secret","scope":"api","username":"%s",\
				"password":"%s"}""".formatted(this.client, this.user.email(), People.PASSWORD));
		assertThat(ask(pair.<String>json("refresh_token")).<Integer>json("believe_s")).isEqualTo(60);
		String jwt = exchanged();
		Answer answer = ask(jwt);
		assertThat(answer.<List<Integer>>json("places")).contains(Beliefs.place(this.user.id()),
				Beliefs.place(registration()));
		inSilence("update token_owner set enabled = false from silent where id = ?", this.user.id());
		assertThat(ask(jwt).body()).isEqualTo("{\"active\":false}");
	}

	/**
	 * Others may share the client's place: what is remembered of them is as good as
	 * before.
	 */
	@Test
	void aQuestionLeavesEverybodyElseWhatIsRemembered() {
		String raw = this.people.raw(this.user, "notes:read");
		await().untilAsserted(() -> {
			Beliefs.Moment before = this.beliefs.moment();
			assertThat(ask(raw).<Boolean>json("active")).isTrue();
			assertThat(this.beliefs.isStillValid(before, registration())).isTrue();
		});
	}

	/** Uses of which nobody hears do not keep a token that idles. */
	@Test
	void aQuestionIsAUse() {
		IssuedToken token = this.people.token(this.user, "notes:read");
		ask(token.raw().reveal());
		String reader = this.people.raw(this.user, "tokens:read");
		await().untilAsserted(() -> assertThat(
				this.http.get("/api/tokens/" + token.details().id(), reader).<String>json("last_used_at"))
			.isNotNull());
	}

	/**
	 * What was changed in silence would differ from the account for all who come later.
	 */
	@AfterEach
	void enableOwner() {
		this.jdbc.update("update token_owner set enabled = true where id = ?", this.user.id());
	}

	private UUID registration() {
		return this.jdbc.queryForObject("select id from oauth_client where client_id = ?", UUID.class, this.client);
	}

	private void inSilence(String change, Object... parameters) {
		this.jdbc.update("with silent as materialized (select set_config('session_replication_role', 'replica', true)) "
				+ change, parameters);
	}

	private Answer remembered(String token) {
		return send(null, "/oauth2/introspect", "token", token);
	}

	private Answer ask(String token) {
		return ask("no-cache", "token", token);
	}

	private Answer ask(String cacheControl, String... form) {
		return send(cacheControl, "/oauth2/introspect", form);
	}

	private Answer send(String cacheControl, String path, String... form) {
		Map<String, List<String>> headers = new HashMap<>(
				Map.of("Authorization", List.of(Forms.basic(this.client, "secret"))));
		if (cacheControl != null) {
			headers.put("Cache-Control", List.of(cacheControl));
		}
		return this.http.sendForm(path, Forms.form(form), headers);
	}

}
