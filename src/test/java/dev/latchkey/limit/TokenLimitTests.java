package dev.latchkey.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What contract 4 says of a token that is used too often.
 */
@LatchkeyTest
class TokenLimitTests {

	private static final String EXCHANGING = "urn:ietf:params:oauth:grant-type:token-exchange";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Routes routes;

	@Autowired
	private TestClock clock;

	@Autowired
	private MeterRegistry meters;

	private User user;

	@BeforeEach
	void stopTheClock() {
		this.clock.stop();
		this.user = this.people.superuser();
	}

	@Test
	void aTokenIsToldWhatItHasLeftAndRefusedBeyondIt() {
		String token = limited(2);
		assertLeft(this.http.get("/api/user", token), 2, 1, 60);
		this.clock.advance(Duration.ofMillis(19_500));
		assertLeft(this.http.get("/api/user", token), 2, 0, 41);
		this.clock.advance(Duration.ofMillis(28_500));
		Answer refused = this.http.get("/api/user", token);
		assertLimited(refused, 2, 12);
		assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
		assertThat(refused.code()).isEqualTo("rate_limited");
		assertThat(refused.<String>json("detail")).contains("12 seconds");
		assertThat(refused.header("WWW-Authenticate")).isNull();
		this.clock.advance(Duration.ofSeconds(12));
		assertLeft(this.http.get("/api/user", token), 2, 1, 60);
	}

	@ParameterizedTest
	@EnumSource
	void aLimitOfItsOwnCountsEveryUse(Door door) {
		String before = limited(1);
		assertThat(door.use(this, before).status()).isLessThan(300);
		assertLimited(this.http.get("/api/user", before), 1, 60);
		String after = limited(1);
		assertThat(this.http.get("/api/user", after).status()).isEqualTo(200);
		assertLimited(door.use(this, after), 1, 60);
	}

	/** RFC 6749 section 5.2: a member {@code error}. */
	@ParameterizedTest
	@EnumSource(names = { "SUBJECT", "REQUESTER", "EXCHANGE" })
	void theEndpointsOfOAuthSaySoInTheirForm(Door door) {
		String token = limited(1);
		door.use(this, token);
		Answer refused = door.use(this, token);
		assertThat(refused.header("Content-Type")).startsWith("application/json");
		assertThat(refused.<String>json("error")).isEqualTo("rate_limited");
		assertThat(refused.<String>json("error_description")).contains("60 seconds");
	}

	@Test
	void theDefaultCountsWhatOpensARouteOfThisServer() {
		String token = this.people.raw(this.user, "user:read", "tokens:introspect");
		assertLeft(this.http.get("/api/user", token), 1_000_000, 999_999, 60);
		for (Door door : List.of(Door.PROXY, Door.SUBJECT, Door.REQUESTER)) {
			Answer answer = door.use(this, token);
			assertThat(answer.status()).isLessThan(300);
			assertUncounted(answer);
		}
		assertLeft(this.http.get("/api/user", token), 1_000_000, 999_998, 60);
	}

	@Test
	void aProxyIsToldWhatTheTokenHasLeft() {
		assertLeft(Door.PROXY.use(this, limited(5)), 5, 4, 60);
	}

	@Test
	void whatIsRefusedCountsAgainstNobody() {
		String token = limited(1);
		assertThat(this.http.get("/api/user", token + "x").status()).isEqualTo(401);
		assertThat(this.http.get("/api/user", token.substring(1)).status()).isEqualTo(401);
		String dead = limited(1);
		assertThat(this.http.delete("/api/tokens/current", dead).status()).isEqualTo(204);
		for (int i = 0; i < 3; i++) {
			Answer refused = this.http.get("/api/user", dead);
			assertThat(refused.status()).isEqualTo(401);
			assertUncounted(refused);
		}
		assertLeft(this.http.get("/api/user", token), 1, 0, 60);
	}

	@Test
	void aRotationGoesOnWhereTheTokenBeforeItStood() {
		String token = limited(4);
		Answer rotated = this.http.post("/api/tokens/current/rotate", token, "{\"grace_period\":\"PT1H\"}");
		assertLeft(rotated, 4, 3, 60);
		String successor = rotated.json("token");
		assertLeft(this.http.get("/api/user", successor), 4, 2, 60);
		assertLeft(this.http.get("/api/user", token), 4, 1, 60);
		String next = this.http.post("/api/tokens/current/rotate", successor, "{}").json("token");
		assertLimited(this.http.get("/api/user", next), 4, 60);
	}

	@Test
	void whatWasMadeWithALimitedTokenCountsAgainstThatOneToo() {
		String token = limited(7);
		String inherits = make(token, "");
		String own = make(token, ",\"rate_limit\":2");
		String below = make(own, "");
		assertLeft(this.http.get("/api/user", inherits), 7, 3, 60);
		assertLeft(this.http.get("/api/user", below), 2, 0, 60);
		assertLimited(this.http.get("/api/user", own), 2, 60);
		assertLimited(this.http.get("/api/user", below), 2, 60);
		assertLeft(this.http.get("/api/user", inherits), 7, 1, 60);
		assertLeft(this.http.get("/api/user", token), 7, 0, 60);
		assertLimited(this.http.get("/api/user", inherits), 7, 60);
	}

	@Test
	void everyRouteThatATokenOpensHasItsLimit() {
		List<String> seen = new ArrayList<>();
		for (Route route : this.routes.all()) {
			String token = limited(1);
			Answer first = this.http.call(route, token);
			if (!route.isOpenedByToken()) {
				// Who follows changes presents a token as who introspects does, and
				// begins with it.
				if (!route.path().equals("/changes")) {
					assertUncounted(first);
				}
				continue;
			}
			assertLeft(first, 1, 0, 60);
			String spent = limited(1);
			this.http.get("/api/user", spent);
			Answer refused = this.http.call(route, spent);
			assertLimited(refused, 1, 60);
			assertThat(refused.code()).as(route.toString()).isEqualTo("rate_limited");
			seen.add(route.path());
		}
		assertThat(seen).contains("/api/user", "/api/tokens", "/forward-auth", "/admin/my-account", "/user/my-account");
	}

	@Test
	void aWebSessionHasNone() {
		Visitor visitor = new Visitor(this.http.base()).signIn(this.user);
		assertThat(visitor.get("/api/user").headers().map()).containsKey("content-type")
			.doesNotContainKeys("ratelimit", "ratelimit-policy");
		assertThat(visitor.get("/tokens").headers().map()).doesNotContainKeys("ratelimit", "ratelimit-policy");
	}

	@Test
	void whatIsRefusedIsCounted() {
		double before = exceeded();
		String token = limited(1);
		this.http.get("/api/user", token);
		this.http.get("/api/user", token);
		assertThat(exceeded()).isEqualTo(before + 1);
	}

	@Test
	void theSettingsSwitchItOffAndSayHowMany() {
		TokenAllowance one = new TokenAllowance(UUID.randomUUID(),
				List.of(new TokenAllowance.Own(UUID.randomUUID(), 1)));
		TokenLimits off = new TokenLimits(settings(Map.of("latchkey.limits.enabled", "false")),
				TimeMeter.SYSTEM_NANOTIME);
		for (int i = 0; i < 3; i++) {
			assertThat(off.count(one, UsePlace.HERE)).isNull();
		}
		LimitProperties usual = settings(Map.of());
		assertThat(usual.enabled()).isTrue();
		assertThat(usual.token()).isEqualTo(600);
	}

	/** Each limit's minute begins with its own first use. */
	@Test
	void aUseThatALimitAboveRefusesIsNotCountedBelow() {
		AtomicLong nanos = new AtomicLong();
		TokenLimits limits = new TokenLimits(settings(Map.of()), new TimeMeter() {

			@Override
			public long currentTimeNanos() {
				return nanos.get();
			}

			@Override
			public boolean isWallClockBased() {
				return false;
			}

		});
		TokenAllowance.Own above = new TokenAllowance.Own(UUID.randomUUID(), 1);
		TokenAllowance made = new TokenAllowance(UUID.randomUUID(),
				List.of(new TokenAllowance.Own(UUID.randomUUID(), 2), above));
		limits.count(new TokenAllowance(above.familyId(), List.of(above)), UsePlace.HERE);
		nanos.addAndGet(Duration.ofSeconds(30).toNanos());
		for (int i = 0; i < 3; i++) {
			assertThatThrownBy(() -> limits.count(made, UsePlace.HERE)).isInstanceOf(TokenLimitedException.class);
		}
		nanos.addAndGet(Duration.ofSeconds(30).toNanos());
		assertThat(limits.count(made, UsePlace.HERE)).returns(0L, RateLimit::remaining)
			.returns(60L, RateLimit::seconds);
	}

	private static LimitProperties settings(Map<String, String> given) {
		return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("latchkey.limits",
				LimitProperties.class);
	}

	private double exceeded() {
		return this.meters.get("latchkey.limits.exceeded").tag("limit", "token").functionCounter().count();
	}

	private String limited(int quota) {
		return this.people.raw(this.user, TokenRequest.of("*").atMost(quota));
	}

	private String make(String with, String more) {
		return this.http.post("/api/tokens", with, "{\"name\":\"made\",\"scopes\":[\"*\"]%s}".formatted(more))
			.json("token");
	}

	private String client() {
		Answer client = this.http.post("/api/clients", this.people.raw(this.user, "*"),
				"{\"name\":\"A service\",\"grant_types\":[\"%s\"],\"scopes\":[\"user:read\"]}".formatted(EXCHANGING));
		return Forms.basic(client.json("client_id"), client.json("client_secret"));
	}

	private static void assertLeft(Answer answer, int quota, long remaining, long seconds) {
		assertThat(answer.status()).as(answer.body()).isNotIn(401, 429, 503);
		assertHeaders(answer, quota, remaining, seconds);
		assertThat(answer.header("Retry-After")).isNull();
	}

	private static void assertLimited(Answer answer, int quota, long seconds) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(429);
		assertHeaders(answer, quota, 0, seconds);
		assertThat(answer.header("Retry-After")).isEqualTo(Long.toString(seconds));
	}

	private static void assertHeaders(Answer answer, int quota, long remaining, long seconds) {
		assertThat(answer.header("RateLimit-Policy")).as(answer.response().uri() + answer.body())
			.isEqualTo("\"token\";q=%d;w=60".formatted(quota));
		assertThat(answer.header("RateLimit")).isEqualTo("\"token\";r=%d;t=%d".formatted(remaining, seconds));
	}

	private static void assertUncounted(Answer answer) {
		assertThat(answer.header("RateLimit")).as(answer.response().uri().toString()).isNull();
		assertThat(answer.header("RateLimit-Policy")).isNull();
	}

	/** Where a token is used. */
	enum Door {

		/** By its holder. */
		API {
			@Override
			Answer use(TokenLimitTests test, String token) {
				return test.http.get("/api/tokens/current", token);
			}
		},

		/** By a proxy in front of another service. */
		PROXY {
			@Override
			Answer use(TokenLimitTests test, String token) {
				return test.http.get("/forward-auth", token);
			}
		},

		/** By a resource server, about it. */
		SUBJECT {
			@Override
			Answer use(TokenLimitTests test, String token) {
				return test.http.postForm("/oauth2/introspect", test.client(), "token", token);
			}
		},

		/** By a resource server, about another one. */
		REQUESTER {
			@Override
			Answer use(TokenLimitTests test, String token) {
				return test.http.postForm("/oauth2/introspect", "Bearer " + token, "token", "nonsense");
			}
		},

		/** For a signed one. */
		EXCHANGE {
			@Override
			Answer use(TokenLimitTests test, String token) {
				return test.http.postForm("/oauth2/token", test.client(), "grant_type", EXCHANGING, "subject_token",
						token, "subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
			}
		};

		abstract Answer use(TokenLimitTests test, String token);

	}

}
