package dev.latchkey.token;

import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import dev.latchkey.caller.User;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.AtOnce;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.Visitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 4: more living tokens than the quota are 409 {@code quota_exceeded}, whichever
 * door they come from.
 */
@LatchkeyTest
class TokenQuotaTests {

	private static final int QUOTA = 1000;

	private static final String REDIRECT = "https://app.example/callback";

	private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

	private static final String NEW = "{\"name\":\"one more\",\"scopes\":[\"user:read\"]}";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcClient jdbc;

	private User user;

	private IssuedToken token;

	private String raw;

	@BeforeEach
	void makeSomebodyWithAToken() {
		this.user = this.people.superuser();
		this.token = this.people.token(this.user, "*");
		this.raw = this.token.raw().reveal();
	}

	@Test
	void whoHasAsManyAsTheQuotaMakesNoMoreByTheApi() {
		fill(QUOTA - 1);
		Answer refused = this.http.post("/api/tokens", this.raw, NEW);
		assertRefused(refused);
		assertThat(refused.<String>json("detail")).contains("1000 living tokens");
		assertThat(this.http.delete("/api/tokens/" + anyOther(), this.raw).status()).isEqualTo(204);
		assertThat(this.http.post("/api/tokens", this.raw, NEW).status()).isEqualTo(201);
		assertRefused(this.http.post("/api/tokens", this.raw, NEW));
	}

	@Test
	void norByALogin() {
		fill(QUOTA - 1);
		String login = "{\"email\":\"%s\",\"password\":\"%s\",\"token_name\":\"x\",\"scopes\":[\"user:read\"]}";
		assertRefused(this.http.post("/api/login", login.formatted(this.user.email(), People.PASSWORD)));
	}

	@Test
	void norByARotationThatLetsTheOldOneLiveOn() {
		fill(QUOTA - 1);
		assertRefused(
				this.http.post("/api/tokens/%s/rotate".formatted(anyOther()), this.raw, "{\"grace_period\":\"PT1H\"}"));
		assertRefused(this.http.post("/api/tokens/current/rotate", this.raw, "{\"grace_period\":\"PT1H\"}"));
		assertThat(this.http.post("/api/tokens/current/rotate", this.raw, "{}").status()).isEqualTo(201);
		assertThat(living()).isEqualTo(QUOTA);
	}

	@Test
	void norByTheFlowWithRefreshTokens() {
		User owner = this.people.user();
		App app = this.apps.own(owner);
		Answer pair = app.signIn(owner);
		this.user = owner;
		fill(QUOTA - 3);
		for (Answer refused : List.of(app.signIn(owner), app.refresh(pair))) {
			assertThat(refused.status()).as(refused.body()).isEqualTo(409);
			assertThat(refused.<String>json("error")).isEqualTo("quota_exceeded");
			assertThat(refused.<String>json("message")).contains("1000 living tokens");
		}
		assertThat(living()).isEqualTo(QUOTA - 1);
		this.jdbc.sql("update api_token set revoked_at = now() where owner_id = ? and name = 'filled'")
			.param(owner.id())
			.update();
		assertThat(app.refresh(pair).status()).isEqualTo(200);
	}

	@Test
	void norByOAuth() {
		Answer registered = this.http.post("/api/clients", this.raw,
				"{\"name\":\"Bot\",\"grant_types\":[\"client_credentials\"],\"scopes\":[\"user:read\"]}");
		fill(QUOTA - 1);
		Answer refused = this.http.postForm("/oauth2/token",
				Forms.basic(registered.json("client_id"), registered.json("client_secret")), "grant_type",
				"client_credentials");
		assertThat(refused.status()).as(refused.body()).isEqualTo(409);
		assertThat(refused.<String>json("error")).isEqualTo("quota_exceeded");
		assertThat(refused.<String>json("error_description")).contains("1000 living tokens");
		assertThat(living()).isEqualTo(QUOTA);
	}

	/** Neither is used up by that. */
	@Test
	void norByACodeOrADevice() {
		App app = this.apps.of(this.apps.register(ClientRequest.named("Some App")
			.redirectingTo(REDIRECT)
			.allowed("user:read")
			.by("authorization_code", DEVICE)));
		Visitor visitor = new Visitor(this.http.base()).signIn(this.user);
		String code = code(app, visitor);
		String device = device(app, visitor);
		fill(QUOTA - 1);
		Supplier<Answer> byCode = () -> app.token("grant_type", "authorization_code", "code", code, "code_verifier",
				Pkce.VERIFIER, "redirect_uri", REDIRECT);
		Supplier<Answer> byDevice = () -> app.token("grant_type", DEVICE, "device_code", device);
		for (Supplier<Answer> redeeming : List.of(byCode, byDevice)) {
			Answer refused = redeeming.get();
			assertThat(refused.status()).as(refused.body()).isEqualTo(409);
			assertThat(refused.<String>json("error")).isEqualTo("quota_exceeded");
			assertThat(refused.<String>json("error_description")).contains("1000 living tokens");
			assertThat(living()).isEqualTo(QUOTA);
		}
		this.jdbc.sql("update api_token set revoked_at = now() where owner_id = ? and name = 'filled'")
			.param(this.user.id())
			.update();
		this.clock.advance(Duration.ofSeconds(10));
		for (Supplier<Answer> redeeming : List.of(byCode, byDevice)) {
			Answer given = redeeming.get();
			assertThat(given.status()).as(given.body()).isEqualTo(200);
		}
	}

	private String code(App app, Visitor visitor) {
		String asked = Forms.location(visitor.get("/oauth2/authorize?"
				+ Forms.form("response_type", "code", "client_id", app.id(), "redirect_uri", REDIRECT, "scope",
						"user:read", "state", "x", "code_challenge", Pkce.CHALLENGE, "code_challenge_method", "S256")));
		visitor.get("/tokens");
		HttpResponse<String> agreed = visitor.post("/oauth2/authorize", "client_id", app.id(), "state",
				Forms.query(asked).get("state"), "scope", "user:read");
		return Forms.query(Forms.leadsTo(agreed)).get("code");
	}

	private String device(App app, Visitor visitor) {
		Answer codes = app.post("/oauth2/device_authorization", "scope", "user:read");
		visitor.get("/oauth2/device");
		visitor.post("/oauth2/device", "user_code", codes.json("user_code"));
		visitor.get("/oauth2/device");
		HttpResponse<String> agreed = visitor.post("/oauth2/device/allow", "user_code", codes.json("user_code"),
				"scope", "user:read");
		assertThat(agreed.body()).contains("Your device may go on");
		return codes.json("device_code");
	}

	@Test
	void norByThePagesWhichSaySoBesideTheForm() {
		Visitor visitor = new Visitor(this.http.base()).signIn(this.user);
		fill(QUOTA - 1);
		visitor.get("/tokens/new");
		HttpResponse<String> made = visitor.post("/tokens/new", "form", visitor.form(), "name", "typed before",
				"expiration", "30", "scopes", "user:read");
		assertThat(made.statusCode()).isEqualTo(409);
		assertThat(made.body()).contains("The account has 1000 living tokens", "role=\"alert\"",
				"value=\"typed before\"");
		String rotate = "/tokens/" + this.token.details().id() + "/rotate";
		visitor.get(rotate);
		HttpResponse<String> rotated = visitor.post(rotate, "grace", "24", "expiration", "same");
		assertThat(rotated.statusCode()).isEqualTo(409);
		assertThat(rotated.body()).contains("The account has 1000 living tokens", "id=\"grace_period-fault\"");
		assertThat(visitor.post(rotate, "grace", "0", "expiration", "same").statusCode()).isEqualTo(200);
		assertThat(living()).isEqualTo(QUOTA);
	}

	@Test
	void manyAtOnceStayWithinIt() throws Exception {
		fill(QUOTA - 4);
		List<Integer> answers = AtOnce.call(12, () -> this.http.post("/api/tokens", this.raw, NEW).status());
		assertThat(answers).filteredOn((status) -> status == 201).hasSize(3);
		assertThat(answers).containsOnly(201, 409);
		assertThat(living()).isEqualTo(QUOTA);
	}

	@Test
	void whatHasEndedDoesNotCount() {
		Instant now = Instant.now();
		insert(QUOTA, null, now.minus(Duration.ofDays(40)));
		insert(QUOTA, now.minusSeconds(60), null);
		insert(QUOTA, now.plus(Duration.ofDays(9)), now.minusSeconds(60));
		assertThat(this.http.post("/api/tokens", this.raw, NEW).status()).isEqualTo(201);
		insert(QUOTA, now.plus(Duration.ofDays(9)), now.plus(Duration.ofHours(1)));
		assertRefused(this.http.post("/api/tokens", this.raw, NEW));
	}

	/** Whoever has made a hundred thousand in a month waits no longer than others. */
	@Test
	void whatEndedOnAnotherDayIsNotEvenSeen() {
		insert(5000, null, Instant.now().minus(Duration.ofDays(3)));
		this.jdbc.sql("analyze api_token").update();
		Timestamp now = Timestamp.from(Instant.now());
		List<String> plan = this.jdbc.sql("explain (analyze, costs off) " + TokenQuota.LIVING)
			.params(this.user.id(), now, this.user.id(), now, Timestamp.from(Instant.EPOCH), QUOTA)
			.query(String.class)
			.list();
		assertThat(plan).anyMatch((line) -> line.contains("api_token_living"))
			.noneMatch((line) -> line.contains("Rows Removed"));
	}

	private void assertRefused(Answer answer) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(409);
		assertThat(answer.code()).isEqualTo("quota_exceeded");
	}

	private void fill(int count) {
		insert(count, null, null);
	}

	private void insert(int count, @Nullable Instant expiresAt, @Nullable Instant revokedAt) {
		this.jdbc
			.sql("""
					insert into api_token (id, owner_id, created_at, expires_at, revoked_at, digest, kind, hint, name, scopes)
					select gen_random_uuid(), ?, now(), ?, ?, sha256(cast(gen_random_uuid() as text)::bytea), 'p',
					    'lkp_...fill', 'filled', 'user:read'
					from generate_series(1, ?)
					""")
			.params(this.user.id(), time(expiresAt), time(revokedAt), count)
			.update();
	}

	private static @Nullable Timestamp time(@Nullable Instant instant) {
		return (instant != null) ? Timestamp.from(instant) : null;
	}

	private String anyOther() {
		return this.jdbc.sql("select cast(id as text) from api_token where owner_id = ? and name = 'filled' limit 1")
			.param(this.user.id())
			.query(String.class)
			.single();
	}

	private long living() {
		return this.jdbc.sql("""
				select count(*) from api_token where owner_id = ? and (revoked_at is null or revoked_at > now())
				    and (expires_at is null or expires_at > now())
				""").param(this.user.id()).query(Long.class).single();
	}

}
