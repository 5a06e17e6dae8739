package dev.latchkey.grant;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

import dev.latchkey.caller.User;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.token.TokenDigest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 5.4: a refresh token's family has an absolute end, 90 days after the sign-in.
 */
@LatchkeyTest
class FamilyEndTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private Apps apps;

	@Autowired
	private ConnectedApplications applications;

	@Autowired
	private JdbcClient jdbc;

	private User user;

	private App app;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.app = this.apps.own(this.user);
	}

	@ParameterizedTest
	@EnumSource
	void aFamilyEndsNinetyDaysAfterTheSignInHoweverOftenItIsRefreshed(Door door) {
		Instant end = this.clock.stop().plus(Duration.ofDays(90));
		Answer tokens = signIn();
		for (int day : new int[] { 29, 58, 87 }) {
			this.clock.stopAt(end.minus(Duration.ofDays(90L - day)));
			tokens = refresh(door, tokens);
			assertThat(tokens.<Integer>json("expires_in")).isEqualTo(86_400);
		}
		assertThat(end(tokens, "refresh_token")).isEqualTo(end);
		this.clock.stopAt(end.minusSeconds(1));
		Answer last = refresh(door, tokens);
		assertThat(last.<Integer>json("expires_in")).isEqualTo(1);
		assertThat(end(last, "access_token")).isEqualTo(end(last, "refresh_token")).isEqualTo(end);
		assertThat(use(last)).isEqualTo(200);
		this.clock.stopAt(end);
		door.assertRefused(refresh(door, last));
		assertThat(use(last)).isEqualTo(401);
	}

	@Test
	void bothTokensAreCutToTheEnd() {
		Instant end = this.clock.stop().plus(Duration.ofDays(90));
		Answer tokens = signIn();
		this.clock.advance(Duration.ofDays(29));
		tokens = refresh(Door.SECURITY, tokens);
		assertThat(end(tokens, "refresh_token")).isEqualTo(end.minus(Duration.ofDays(31)));
		this.clock.advance(Duration.ofDays(29));
		tokens = refresh(Door.OAUTH, tokens);
		this.clock.advance(Duration.ofDays(29));
		tokens = refresh(Door.SECURITY, tokens);
		assertThat(end(tokens, "refresh_token")).isEqualTo(end);
		this.clock.stopAt(end.minus(Duration.ofHours(3)));
		assertThat(refresh(Door.OAUTH, tokens).<Integer>json("expires_in")).isEqualTo(3 * 3600);
	}

	@ParameterizedTest
	@EnumSource
	void aSpentTokenAfterTheEndIsRefusedAndEndsNothing(Door door) {
		Instant end = this.clock.stop().plus(Duration.ofDays(90));
		Answer first = signIn();
		Answer second = refresh(door, first);
		livesUntil(first, end.plus(Duration.ofDays(30)));
		livesUntil(second, end.plus(Duration.ofDays(30)));
		this.clock.stopAt(end);
		door.assertRefused(refresh(door, first));
		assertThat(this.jdbc.sql("select revoked_at from api_token where digest = ?")
			.param(digest(second, "refresh_token"))
			.query(Instant.class)
			.list()).containsOnlyNulls();
	}

	/** It was made by the version before, or while the setting was longer. */
	@ParameterizedTest
	@EnumSource
	void aTokenThatWouldLiveLongerEndsWithItsFamily(Door door) {
		Instant end = this.clock.stop().plus(Duration.ofDays(90));
		Answer tokens = signIn();
		livesUntil(tokens, end.plus(Duration.ofDays(30)));
		this.clock.stopAt(end);
		door.assertRefused(refresh(door, tokens));
		this.clock.stopAt(end.minusSeconds(10));
		assertThat(refresh(door, tokens).<Integer>json("expires_in")).isEqualTo(10);
	}

	@Test
	void everyDoorKnowsThatATokenHasEndedWhoseFamilyHas() {
		Instant end = this.clock.stop().plus(Duration.ofDays(90));
		Answer tokens = signIn();
		livesUntil(tokens, end.plus(Duration.ofDays(30)));
		this.clock.stopAt(end.minusSeconds(1));
		assertThat(introspect(tokens).<Boolean>json("active")).isTrue();
		assertThat(introspect(tokens).<Integer>json("exp").longValue()).isEqualTo(end.getEpochSecond());
		assertThat(diagnose(tokens).<String>json("state")).isEqualTo("active");
		assertThat(diagnose(tokens).<String>json("expires_at")).isEqualTo(end.toString());
		assertThat(this.applications.list(this.user.id())).hasSize(1);
		this.clock.stopAt(end);
		assertThat(introspect(tokens).body()).isEqualTo("{\"active\":false}");
		assertThat(diagnose(tokens).<String>json("state")).isEqualTo("expired");
		assertThat(diagnose(tokens).<String>json("expires_at")).isEqualTo(end.toString());
		assertThat(this.applications.list(this.user.id())).isEmpty();
	}

	private Answer introspect(Answer tokens) {
		return this.app.post("/oauth2/introspect", "token", tokens.<String>json("refresh_token"));
	}

	private Answer diagnose(Answer tokens) {
		return this.http.post("/api/tokens/diagnose",
				"{\"token\":\"%s\"}".formatted(tokens.<String>json("refresh_token")));
	}

	@ParameterizedTest
	@EnumSource
	void whatTheVersionBeforeWritesBelongsToTheBeginningThatIsKnown(Door door) {
		Instant began = this.clock.stop();
		Answer first = signIn();
		this.clock.advance(Duration.ofDays(20));
		Answer second = refresh(door, first);
		String id = asTheVersionBeforeWritesIt(second);
		assertThat(this.jdbc.sql("select family_began_at from api_token where id = cast(? as uuid)")
			.param(id)
			.query((row, number) -> row.getTimestamp(1).toInstant())
			.single()).isEqualTo(began);
		livesUntil(second, began.plus(Duration.ofDays(120)));
		this.clock.stopAt(began.plus(Duration.ofDays(90)).minusSeconds(5));
		assertThat(refresh(door, second).<Integer>json("expires_in")).isEqualTo(5);
	}

	private String asTheVersionBeforeWritesIt(Answer tokens) {
		return this.jdbc
			.sql("""
					with gone as (delete from api_token where digest = ? returning *)
					insert into api_token (id, owner_id, family_id, predecessor_id, parent_id, created_at, expires_at, digest,
					    kind, hint, name, scopes, client_id)
					select id, owner_id, family_id, predecessor_id, parent_id, created_at, expires_at, digest, kind, hint, name,
					    scopes, client_id from gone
					returning id
					""")
			.param(digest(tokens, "refresh_token"))
			.query(String.class)
			.single();
	}

	private void livesUntil(Answer tokens, Instant end) {
		this.jdbc.sql("update api_token set expires_at = ? where digest = ?")
			.params(Timestamp.from(end), digest(tokens, "refresh_token"))
			.update();
	}

	private Instant end(Answer tokens, String name) {
		return this.jdbc.sql("select expires_at from api_token where digest = ?")
			.param(digest(tokens, name))
			.query((row, number) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private static byte[] digest(Answer tokens, String name) {
		return TokenDigest.of(tokens.<String>json(name)).bytes();
	}

	private Answer signIn() {
		return this.app.signIn(this.user);
	}

	private Answer refresh(Door door, Answer tokens) {
		return door.refresh(this.app, tokens.json("refresh_token"));
	}

	private int use(Answer tokens) {
		return this.http.get("/api/user", tokens.<String>json("access_token")).status();
	}

	/** Where refresh tokens are redeemed. */
	enum Door {

		/** Contract 5.4. */
		SECURITY {

			@Override
			Answer refresh(App app, String token) {
				return app.refresh(token);
			}

			@Override
			void assertRefused(Answer answer) {
				assertThat(answer.status()).isEqualTo(401);
				assertThat(answer.<String>json("error")).isEqualTo("invalid_request");
				assertThat(answer.<String>json("message")).isEqualTo("The refresh token is invalid.");
			}

		},

		/** Contract 5.5. */
		OAUTH {

			@Override
			Answer refresh(App app, String token) {
				return app.token("grant_type", "refresh_token", "refresh_token", token);
			}

			@Override
			void assertRefused(Answer answer) {
				assertThat(answer.status()).isEqualTo(400);
				assertThat(answer.<String>json("error")).isEqualTo("invalid_grant");
			}

		};

		abstract Answer refresh(App app, String token);

		abstract void assertRefused(Answer answer);

	}

}
