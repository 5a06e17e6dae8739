package dev.latchkey.security;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What changes with the settings: header, prefix, lives, proxies, reuse.
 */
@OtherSettingsTest
class SettingsTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private TransactionOperations transactions;

	@Autowired
	private TokenFormat format;

	private String token;

	@BeforeEach
	void makeToken() {
		this.token = this.people.raw(this.people.user(), "*");
	}

	@Test
	void theTokenIsReadFromTheNamedHeaderAlone() {
		assertThat(send("GET", "/api/user", null, Map.of()).status()).isEqualTo(200);
		assertThat(this.http.get("/api/user", this.token).code()).isEqualTo("authentication_required");
		assertThat(this.http.get("/api/user").<String>json("detail")).contains("X-Api-Token: Bearer <token>");
		assertThat(send("GET", "/api/user", null, Map.of("Authorization", "Basic eDp5")).status()).isEqualTo(200);
		Answer twice = this.http.send("GET", "/api/user", null,
				Map.of("X-Api-Token", List.of("Bearer " + this.token, "Bearer " + this.token)));
		assertThat(twice.code()).isEqualTo("invalid_request");
	}

	@Test
	void thePrefixIsTheCompanys() {
		assertThat(this.token).matches("acmep_[0-9A-Za-z]{49}");
	}

	@Test
	void withAPepperARowThatSomebodyInsertsIsNoToken() {
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
			this.jdbc.update("update token_pepper set begun_at = begun_at - interval '1 minute'");
			return this.jdbc.queryForObject("select count(plain_refused_at) from token_pepper", Integer.class) == 1;
		});
		this.token = this.people.raw(this.people.user(), "*");
		assertThat(send("GET", "/api/user", null, Map.of()).status()).isEqualTo(200);
		RawToken invented = this.format.generate(TokenKind.PERSONAL);
		this.transactions.executeWithoutResult((status) -> {
			this.jdbc.execute("set local session_replication_role = replica");
			this.jdbc.update("""
					insert into api_token (id, owner_id, created_at, digest, kind, hint, name, scopes)
					select gen_random_uuid(), owner_id, now(), ?, kind, hint, name, scopes from api_token
					where kind = 'p' order by created_at desc limit 1
					""", TokenDigest.of(invented).bytes());
		});
		this.token = invented.reveal();
		assertThat(send("GET", "/api/user", null, Map.of()).status()).isEqualTo(401);
	}

	@Test
	void aTokenMayLiveForEver() {
		Answer made = send("POST", "/api/tokens", "{\"name\":\"x\",\"scopes\":[\"*\"]}", Map.of());
		assertThat(made.<String>json("expires_at")).isNull();
		assertThat(send("POST", "/api/tokens", "{\"name\":\"x\",\"scopes\":[\"*\"],\"expires_at\":\"never\"}", Map.of())
			.<String>json("expires_at")).isNull();
		assertThat(send("POST", "/api/tokens",
				"{\"name\":\"x\",\"scopes\":[\"*\"],\"expires_at\":\"9999-12-31T23:59:59.999999Z\","
						+ "\"not_before\":\"9999-12-31T00:00:00Z\"}",
				Map.of())
			.<String>json("expires_at")).isEqualTo("9999-12-31T23:59:59.999999Z");
		assertThat(
				send("POST", "/api/tokens", "{\"name\":\"x\",\"scopes\":[\"*\"],\"expires_in_days\":36500}", Map.of())
					.status())
			.isEqualTo(201);
	}

	@Test
	void aTokenThatEndsWithTheLastYearIsRotatedToTheLastMoment() {
		this.token = send("POST", "/api/tokens",
				"{\"name\":\"x\",\"scopes\":[\"*\"],\"expires_at\":\"9999-12-31T23:00:00Z\"}", Map.of())
			.json("token");
		this.clock.advance(Duration.ofHours(2));
		Answer rotated = send("POST", "/api/tokens/current/rotate", null, Map.of());
		assertThat(rotated.status()).as(rotated.body()).isEqualTo(201);
		assertThat(rotated.<String>json("expires_at")).isLessThanOrEqualTo("9999-12-31T23:59:59.999999Z");
	}

	@Test
	void anyReuseEndsTheFamily() {
		String successor = send("POST", "/api/tokens/current/rotate", null, Map.of()).json("token");
		assertThat(send("GET", "/api/user", null, Map.of()).status()).isEqualTo(401);
		this.token = successor;
		assertThat(send("GET", "/api/user", null, Map.of()).status()).isEqualTo(401);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			203.0.113.7                          | 203.0.113.7
			203.0.113.7, 10.1.2.3                | 203.0.113.7
			1.1.1.1, 203.0.113.7, 10.1.2.3       | 203.0.113.7
			2001:DB8:2::9                        | 2001:db8:2::9
			203.0.113.7, 2001:db8:1::1           | 203.0.113.7
			10.1.2.3, 10.1.2.4                   | 10.1.2.3
			203.0.113.7:4711                     | 203.0.113.7
			[2001:db8:2::9]:80                   | 2001:db8:2::9
			"[2001:db8:2::9]:80"                 | unknown
			unknown                              | unknown
			203.0.113.7, unknown                 | unknown
			""")
	void aTrustedProxySaysWhereARequestComesFrom(String forwarded, String origin) {
		assertThat(send("GET", "/api/reports/origin", null, Map.of("X-Forwarded-For", forwarded)).body())
			.isEqualTo(origin + " false");
		assertThat(send("GET", "/api/user", null, Map.of("X-Forwarded-For", forwarded)).status()).isEqualTo(200);
	}

	@Test
	void severalHeadersOfProxiesAreReadAsOne() {
		assertThat(this.http
			.send("GET", "/api/reports/origin", null, Map.of("X-Forwarded-For", List.of("203.0.113.7", "10.0.0.1")))
			.body()).isEqualTo("203.0.113.7 false");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https", "HTTPS" })
	void aTrustedProxySaysWhetherTheRequestWasSecure(String scheme) {
		assertThat(send("GET", "/api/reports/origin", null, Map.of("X-Forwarded-Proto", scheme)).body())
			.isEqualTo("127.0.0.1 true");
	}

	@Test
	void theNetworksOfATokenAreThoseOfTheClientAndNotOfTheProxy() {
		String bound = send("POST", "/api/tokens",
				"{\"name\":\"x\",\"scopes\":[\"user:read\"],\"allowed_ips\":[\"203.0.113.0/24\"]}", Map.of())
			.json("token");
		this.token = bound;
		assertThat(send("GET", "/api/user", null, Map.of("X-Forwarded-For", "203.0.113.7")).status()).isEqualTo(200);
		assertThat(send("GET", "/api/user", null, Map.of("X-Forwarded-For", "203.0.114.7")).status()).isEqualTo(401);
		assertThat(send("GET", "/api/user", null, Map.of("X-Forwarded-For", "203.0.113.7, 8.8.8.8")).status())
			.isEqualTo(401);
		assertThat(send("GET", "/api/user", null, Map.of()).status()).isEqualTo(401);
	}

	/** The proxy's own address is not taken for one that cannot be read. */
	@ParameterizedTest
	@ValueSource(strings = { "unknown", "evil.example", "203.0.113.7:port", "127.0.0.1, unknown", "", "," })
	void noNetworkAdmitsAnAddressThatCannotBeRead(String forwarded) {
		String bound = send("POST", "/api/tokens",
				"{\"name\":\"x\",\"scopes\":[\"*\"],\"allowed_ips\":[\"127.0.0.1\",\"0.0.0.0/0\",\"::/0\"]}", Map.of())
			.json("token");
		String free = this.token;
		this.token = bound;
		assertThat(send("GET", "/api/user", null, Map.of()).status()).isEqualTo(200);
		assertThat(send("GET", "/api/user", null, Map.of("X-Forwarded-For", forwarded)).status()).isEqualTo(401);
		this.token = free;
		assertThat(send("GET", "/api/user", null, Map.of("X-Forwarded-For", forwarded)).status()).isEqualTo(200);
	}

	@Test
	void whatComesFromAnUnknownAddressIsWrittenDownWithoutOne() {
		Map<String, String> unknown = Map.of("X-Forwarded-For", "unknown");
		Answer made = send("POST", "/api/tokens", "{\"name\":\"x\",\"scopes\":[\"*\"]}", unknown);
		String id = made.json("id");
		assertThat(send("GET", "/api/tokens/" + id + "/events", null, Map.of()).<String>json("items[0].ip")).isNull();
		this.token = made.json("token");
		assertThat(send("GET", "/api/user", null, unknown).status()).isEqualTo(200);
		Awaitility.await()
			.until(() -> send("GET", "/api/tokens/current", null, unknown).<String>json("last_used_at") != null);
		assertThat(send("GET", "/api/tokens/current", null, unknown).<String>json("last_used_ip")).isNull();
	}

	private Answer send(String method, String path, String json, Map<String, String> more) {
		Map<String, List<String>> headers = new HashMap<>();
		headers.put("X-Api-Token", List.of("Bearer " + this.token));
		more.forEach((name, value) -> headers.computeIfAbsent(name, (key) -> new ArrayList<>()).add(value));
		return this.http.send(method, path, json, headers);
	}

}
