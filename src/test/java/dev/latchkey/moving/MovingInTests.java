package dev.latchkey.moving;

import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.SecretScanner;
import dev.latchkey.testing.StatementCounter;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.token.TokenReader;
import dev.latchkey.token.TokensImported;
import dev.latchkey.value.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 5.6a: tokens of other systems are taken in and go on working, at every door.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
class MovingInTests {

	private static final String SANCTUM_HEADER = "\"id\",\"tokenable_type\",\"tokenable_id\",\"name\",\"token\",\"abilities\","
			+ "\"last_used_at\",\"expires_at\",\"created_at\",\"updated_at\"\n";

	private static final String SHIELD_HEADER = "id,user_id,type,name,secret,secret2,expires,extra,force_reset,"
			+ "last_used_at,created_at,updated_at\n";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private TokenReader reader;

	@Autowired
	private Apps apps;

	@Autowired
	private ApplicationEventPublisher events;

	private User owner;

	private String admin;

	@BeforeEach
	void makePeople() {
		this.owner = this.people.user();
		this.admin = this.people.raw(this.people.superuser(), "users:write", "tokens:write");
	}

	@AfterEach
	void moveOut() {
		this.jdbc.update("delete from api_token where imported_from is not null");
		this.events.publishEvent(new TokensImported());
	}

	@Test
	void aWildcardBringsNothingThatIsRetired() {
		String service = "moved-" + UUID.randomUUID().toString().substring(0, 8);
		String scopes = """
				{"name":"%1$s:read","description":"d","role":"USER"},\
				{"name":"%1$s:old","description":"d","role":"USER","retired_at":"2099-01-01T00:00:00Z"}"""
			.formatted(service);
		assertThat(this.http
			.put("/api/resources/" + service, this.people.raw(this.people.superuser(), "resources:write"),
					"{\"address\":\"https://%s.example\",\"scopes\":[%s]}".formatted(service, scopes))
			.status()).isEqualTo(201);
		String secret = secret(40);
		Answer answer = take("sanctum", SANCTUM_HEADER + sanctum(18, secret, "[\"\"%s:*\"\"]".formatted(service)));
		assertThat(answer.body()).isEqualTo("{\"imported\":1,\"unchanged\":0,\"refused\":[]}");
		assertThat(this.http.get("/api/tokens/current", "18|" + secret).<List<String>>json("scopes"))
			.containsExactly(service + ":read");
		this.jdbc.update("delete from protected_resource where name = ?", service);
	}

	@Test
	void aTokenOfSanctumWorksWithTheNumberOfItsRow() {
		String secret = secret(40);
		Answer answer = take("sanctum", SANCTUM_HEADER + sanctum(17, secret, "[\"\"user:read\"\",\"\"notes:read\"\"]"));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("{\"imported\":1,\"unchanged\":0,\"refused\":[]}");
		assertThat(this.http.get("/api/user", "17|" + secret).<String>json("email")).isEqualTo(this.owner.email());
		assertThat(this.http.get("/api/user", "17|" + secret).<Object>json("token.hint")).isNull();
		assertThat(this.http.get("/api/notes", "17|" + secret).status()).isEqualTo(200);
		assertThat(this.http.get("/api/tokens", "17|" + secret).code()).isEqualTo("insufficient_scope");
		for (String wrong : List.of("18|" + secret, "17|" + secret(40), "017|" + secret(40), "1|x")) {
			Answer refused = this.http.get("/api/user", wrong);
			assertThat(refused.status()).as(wrong).isEqualTo(401);
			assertThat(refused.code()).isEqualTo("invalid_token");
		}
		for (String malformed : List.of("|" + secret, "x|" + secret, "17||" + secret, "17|", "1234567890123456789|x")) {
			assertThat(this.http.get("/api/user", malformed).status()).as(malformed).isEqualTo(400);
		}
	}

	@Test
	void whatIsBeyondTheQuotaOfItsOwnerIsRefusedLineByLine() {
		this.jdbc.update("""
				insert into api_token (id, owner_id, created_at, digest, kind, hint, name, scopes)
				select gen_random_uuid(), ?, now(), sha256(cast(gen_random_uuid() as text)::bytea), 'p',
				    'lkp_...fill', 'filled', 'user:read'
				from generate_series(1, 998)
				""", this.owner.id());
		String first = secret(40);
		String third = secret(40);
		Answer answer = take("sanctum",
				SANCTUM_HEADER + sanctum(1, first, "[\"\"user:read\"\"]")
						+ sanctum(2, secret(40), "[\"\"user:read\"\"]") + sanctum(3, third, "[\"\"user:read\"\"]")
						+ sanctum(1, first, "[\"\"user:read\"\"]"));
		assertThat(answer.<Integer>json("imported")).as(answer.body()).isEqualTo(2);
		assertThat(answer.<Integer>json("unchanged")).isEqualTo(1);
		assertThat(answer.<List<Integer>>json("refused[*].line")).containsExactly(4);
		assertThat(answer.<String>json("refused[0].reason"))
			.isEqualTo("its owner has as many tokens as an account may have");
		assertThat(this.http.get("/api/user", "1|" + first).status()).isEqualTo(200);
		assertThat(this.http.get("/api/user", "3|" + third).status()).isEqualTo(401);
	}

	@Test
	void aTokenOfShieldWorksAsItIs() {
		String all = secret(64);
		String some = secret(64);
		Answer answer = take("shield", SHIELD_HEADER
				+ "1,%s,email_password,,%s,$2y$10$abc,,,0,,2026-01-01 00:00:00,\n".formatted(this.owner.email(),
						this.owner.email())
				+ "2,%s,access_token,ci,%s,,,\"a:1:{i:0;s:1:\"\"*\"\";}\",0,2026-02-01 10:00:00,2026-01-01 00:00:00,\n"
					.formatted(this.owner.email(), sha256(all))
				+ "3,%s,access_token,ci,%s,,2999-01-01 00:00:00,\"[\"\"user:read\"\"]\",0,,,\n"
					.formatted(this.owner.email(), sha256(some)));
		assertThat(answer.<Integer>json("imported")).isEqualTo(2);
		assertThat(answer.<List<Integer>>json("refused[*].line")).containsExactly(2);
		assertThat(this.http.get("/api/tokens/current", all).<List<String>>json("scopes")).containsExactly("*");
		assertThat(this.http.get("/api/notes", all).status()).isEqualTo(200);
		assertThat(this.http.get("/api/tokens/current", some).<String>json("expires_at"))
			.isEqualTo("2999-01-01T00:00:00Z");
		assertThat(this.http.get("/api/user", secret(64)).status()).isEqualTo(401);
	}

	@Test
	void listsOfHashesAndOfRawKeysAreTakenToo(CapturedOutput output) {
		String hex = secret(30);
		String base64 = secret(30);
		String key = "acme_live_" + secret(20);
		Answer hashes = take("hashes",
				"Hash,Email,Scopes\n%s,%s,user:read\n%s,%s,\"user:read, notes:read\"\n".formatted(
						sha256(hex).toUpperCase(java.util.Locale.ROOT), this.owner.email(),
						Base64.getEncoder().encodeToString(Sha256.of(base64)), this.owner.email()));
		assertThat(hashes.<Integer>json("imported")).as(hashes.body()).isEqualTo(2);
		Answer keys = take("keys",
				"email,key,scopes,name\n%s,%s,user:read,deploy\n%s,short,user:read,x\n%s,%s,user:read,x\n".formatted(
						this.owner.email(), key, this.owner.email(), this.owner.email(),
						this.people.raw(this.owner, "user:read")));
		assertThat(keys.<Integer>json("imported")).as(keys.body()).isEqualTo(1);
		assertThat(keys.<List<Integer>>json("refused[*].line")).containsExactly(3, 4);
		for (String raw : List.of(hex, base64, key)) {
			assertThat(this.http.get("/api/user", raw).status()).isEqualTo(200);
		}
		assertThat(this.http.get("/api/tokens/current", key).<String>json("name")).isEqualTo("deploy");
		assertThat(output.getAll()).doesNotContain(key, hex);
		assertThat(
				this.jdbc.queryForList("select t::text from api_token t where imported_from is not null", String.class))
			.noneMatch((row) -> row.contains(key));
	}

	/** One parser reads what is presented, at every door. */
	@Test
	void everyDoorTakesThem() {
		String basic = this.apps.own(this.owner).basic();
		for (int door = 0; door < 4; door++) {
			String secret = secret(48);
			String raw = (100 + door) + "|" + secret;
			String wrong = "99|" + secret;
			take("sanctum", SANCTUM_HEADER + sanctum(100 + door, secret, "[\"\"*\"\"]"));
			assertThat(this.http.get("/forward-auth?scope=notes:read", raw).header("X-Auth-User"))
				.isEqualTo(this.owner.email());
			assertThat(this.http.get("/forward-auth", wrong).status()).isEqualTo(401);
			assertThat(this.http.postForm("/oauth2/introspect", basic, "token", raw).<String>json("username"))
				.isEqualTo(this.owner.email());
			assertThat(this.http.postForm("/oauth2/introspect", basic, "token", wrong).<Boolean>json("active"))
				.isFalse();
			assertThat(diagnose(raw)).isEqualTo("active");
			assertThat(diagnose(wrong)).isEqualTo("unknown");
			end(door, wrong, basic);
			assertThat(diagnose(raw)).as("door %d", door).isEqualTo("active");
			end(door, raw, basic);
			assertThat(diagnose(raw)).as("door %d", door).isEqualTo("revoked");
			assertThat(this.http.get("/api/user", raw).status()).isEqualTo(401);
		}
	}

	private void end(int door, String raw, String basic) {
		switch (door) {
			case 0 ->
				assertThat(this.http.post("/api/tokens/revoke", "{\"tokens\":[\" %s \"]}".formatted(raw)).status())
					.isEqualTo(202);
			case 1 -> assertThat(this.http.postForm("/oauth2/revoke", basic, "token", raw).status()).isEqualTo(200);
			case 2 -> SecretScanner.report(this.http,
					"[{\"token\":\"%s\",\"type\":\"x\",\"url\":\"\",\"source\":\"content\"}]".formatted(raw));
			default -> {
				if (!raw.startsWith("99|")) {
					assertThat(
							this.http
								.post("/api/tokens/revoke-by-hash", this.admin,
										"{\"token_hash\":\"%s\"}"
											.formatted(sha256(raw.substring(raw.indexOf('|') + 1))))
								.status())
						.isEqualTo(204);
				}
			}
		}
	}

	@Test
	void whatOneRotatesHasOurForm() {
		String key = secret(40);
		take("keys", "email,key,scopes\n%s,%s,tokens:rotate user:read\n".formatted(this.owner.email(), key));
		Answer rotated = this.http.post("/api/tokens/current/rotate", key, null);
		assertThat(rotated.status()).as(rotated.body()).isEqualTo(201);
		assertThat(rotated.<String>json("token")).startsWith("lkp_");
		assertThat(this.http.get("/api/user", rotated.<String>json("token")).status()).isEqualTo(200);
		assertThat(this.http.get("/api/user", key).status()).isEqualTo(401);
	}

	@Test
	void aSecondRunChangesNothingAndBringsNothingBackToLife() {
		String secret = secret(40);
		String table = SANCTUM_HEADER + sanctum(1, secret, "[\"\"user:read\"\"]")
				+ sanctum(1, secret, "[\"\"user:read\"\"]");
		assertThat(take("sanctum", table).body()).isEqualTo("{\"imported\":1,\"unchanged\":1,\"refused\":[]}");
		this.http.delete("/api/tokens/current", "1|" + secret);
		assertThat(take("sanctum", table).body()).isEqualTo("{\"imported\":0,\"unchanged\":2,\"refused\":[]}");
		assertThat(this.http.get("/api/user", "1|" + secret).status()).isEqualTo(401);
		String stolen = table.replace(this.owner.email(), this.people.user().email());
		assertThat(take("sanctum", stolen).<List<String>>json("refused[*].reason")).hasSize(2)
			.allMatch((reason) -> reason.contains("another account"));
	}

	@Test
	void whoDoesNotExistWhatHasEndedAndWhatMayNothingIsRefusedWithItsLine() {
		User disabled = this.people.user();
		this.people.disable(disabled);
		String scopes = "[\"\"user:read\"\"]";
		Answer answer = take("sanctum", SANCTUM_HEADER + sanctum(1, secret(40), scopes)
				+ sanctum(2, secret(40), scopes).replace(this.owner.email(), "nobody@example.com")
				+ sanctum(3, secret(40), scopes).replace(this.owner.email(), "42")
				+ sanctum(4, secret(40), scopes).replace(this.owner.email(), disabled.email())
				+ sanctum(5, secret(40), scopes).replace("NULL,\"2026", "\"2020-01-01 00:00:00\",\"2026")
				+ sanctum(6, secret(40), scopes).replace("NULL,\"2026", "\"tomorrow\",\"2026")
				+ sanctum(7, secret(40), "[\"\"server:update\"\"]") + sanctum(8, secret(40), "[]")
				+ sanctum(9, secret(40), "[1]") + sanctum(10, secret(40), "[")
				+ sanctum(11, secret(40), scopes).replace("\"11\"", "\"x\"")
				+ sanctum(12, secret(40), scopes).replaceFirst("[0-9a-f]{64}", "1234") + "\n\"13\",\"too few\"\n");
		assertThat(answer.<Integer>json("imported")).as(answer.body()).isEqualTo(1);
		assertThat(answer.<List<Integer>>json("refused[*].line")).containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
				15);
		assertThat(answer.<List<String>>json("refused[*].reason")).satisfiesExactly(
				(reason) -> assertThat(reason).contains("no account"), (reason) -> assertThat(reason).contains("owner"),
				(reason) -> assertThat(reason).contains("disabled"), (reason) -> assertThat(reason).contains("expired"),
				(reason) -> assertThat(reason).contains("no time"),
				(reason) -> assertThat(reason).contains("server:update"),
				(reason) -> assertThat(reason).contains("no scope"), (reason) -> assertThat(reason).contains("no list"),
				(reason) -> assertThat(reason).contains("no list"), (reason) -> assertThat(reason).contains("id"),
				(reason) -> assertThat(reason).contains("SHA-256"), (reason) -> assertThat(reason).contains("columns"));
	}

	@Test
	void scopesAreMappedAndTheColumnEmailSaysWhoseItIs() {
		String secret = secret(40);
		String table = "id,tokenable_id,email,token,abilities\n5,42,%s,%s,\"[\"\"server:update\"\",\"\"user:read\"\"]\"\n"
			.formatted(this.owner.email().toUpperCase(java.util.Locale.ROOT), sha256(secret));
		Answer answer = take("sanctum?scopes=server:update=notes:write", table);
		assertThat(answer.<Integer>json("imported")).as(answer.body()).isEqualTo(1);
		assertThat(this.http.get("/api/tokens/current", "5|" + secret).<List<String>>json("scopes"))
			.containsExactly("notes:write", "user:read");
		for (String bad : List.of("x", "=y", "x=", "x=user:read,x=notes:read", "")) {
			Answer refused = take("sanctum?scopes=" + bad, table);
			assertThat(refused.status()).as(bad).isEqualTo(422);
			assertThat(refused.<List<String>>json("errors[*].field")).containsExactly("scopes");
		}
	}

	@Test
	void idleTimeCountsFromTheImport() {
		String secret = secret(40);
		this.clock.stop();
		take("sanctum", SANCTUM_HEADER + sanctum(8, secret, "[\"\"user:read\"\"]").replace("2026-10-01", "2015-10-01"));
		Answer current = this.http.get("/api/tokens/current", "8|" + secret);
		assertThat(current.status()).isEqualTo(200);
		assertThat(current.<Object>json("expires_at")).isNull();
		String unused = secret(40);
		take("sanctum", SANCTUM_HEADER + sanctum(9, unused, "[\"\"user:read\"\"]").replace("2026-10-01", "2015-10-01"));
		assertThat(this.http
			.get("/api/admin/tokens?owner=" + this.owner.id(), this.people.raw(this.people.superuser(), "users:read"))
			.<Integer>json("total")).isEqualTo(2);
		this.clock.advance(Duration.ofDays(365));
		assertThat(diagnose("9|" + unused)).isEqualTo("idle_expired");
	}

	@Test
	void withoutSuchTokensNothingElseIsATokenAndNothingIsAsked() {
		String sanctum = "12|" + secret(40);
		assertThat(this.http.get("/api/user", sanctum).status()).isEqualTo(400);
		assertThat(this.http.get("/api/user", secret(40)).status()).isEqualTo(401);
		assertThat(this.http.get("/forward-auth", sanctum).status()).isEqualTo(401);
		assertThat(diagnose(secret(40))).isEqualTo("malformed");
		assertThat(StatementCounter.during(() -> {
			assertThat(this.reader.parse(sanctum)).isEmpty();
			assertThat(this.reader.parse(secret(64))).isEmpty();
		})).allSatisfy(MovingInTests::asksWhetherThereAreAny);
		take("keys", "email,key,scopes\n%s,%s,user:read\n".formatted(this.owner.email(), secret(40)));
		assertThat(this.http.get("/api/user", sanctum).status()).isEqualTo(400);
		String mistyped = this.people.raw(this.owner, "user:read").substring(0, 52) + "-";
		assertThat(StatementCounter.during(() -> assertThat(this.reader.parse(mistyped)).isEmpty())).isEmpty();
	}

	/** Where what is known of them is not believed, as without the cache. */
	private static void asksWhetherThereAreAny(String statement) {
		assertThat(statement).startsWith("select exists(").contains("imported_from");
	}

	@Test
	void onlyASuperuserMayAndNoTokenThatIsConfined() {
		String table = SANCTUM_HEADER;
		User superuser = this.people.superuser();
		assertThat(send("sanctum", table, this.people.raw(this.people.admin(), "users:write")).code())
			.isEqualTo("forbidden");
		assertThat(send("sanctum", table, this.people.raw(superuser, "users:read")).code())
			.isEqualTo("insufficient_scope");
		assertThat(
				send("sanctum", table, this.people.raw(superuser, TokenRequest.of("users:write").onlyAt("127.0.0.0/8")))
					.code())
			.isEqualTo("forbidden");
		assertThat(send("sanctum", table, this.people.raw(superuser, "users:write")).body())
			.isEqualTo("{\"imported\":0,\"unchanged\":0,\"refused\":[]}");
		assertThat(this.http.post("/api/import/sanctum", this.admin, "{}").status()).isEqualTo(415);
	}

	/** Whoever found the token may have brought them in. */
	@Test
	void whenTheTokenThatBroughtThemLeaksTheyEnd() {
		String key = secret(40);
		take("keys", "email,key,scopes\n%s,%s,user:read\n".formatted(this.owner.email(), key));
		this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(this.admin));
		assertThat(diagnose(key)).isEqualTo("revoked");
	}

	@Test
	void theAuditTellsOfEachTokenAndOfTheWhole() {
		take("keys", "email,key,scopes\n%s,%s,user:read\n%s,x,user:read\n".formatted(this.owner.email(), secret(40),
				this.owner.email()));
		String auditor = this.people.raw(this.people.admin(), "audit:read");
		Answer whole = this.http.get("/api/audit-events?action=import.finished&size=1", auditor);
		assertThat(whole.<List<String>>json("items[*].detail")).containsExactly("keys");
		assertThat(whole.body()).contains("{\"field\":\"refused\",\"before\":null,\"after\":\"1\"}");
		Answer one = this.http.get("/api/audit-events?action=import.token&size=1", auditor);
		assertThat(one.<List<String>>json("items[*].owner_id")).containsExactly(this.owner.id().toString());
	}

	@Test
	void aNecessaryColumnThatIsMissingIsNamed() {
		assertMissing("sanctum", "token,abilities,email\n", "id");
		assertMissing("sanctum", "id,abilities,email\n", "token");
		assertMissing("sanctum", "id,token,email\n", "abilities");
		assertMissing("sanctum", "id,token,abilities\n", "email");
		assertMissing("shield", "type,extra,user_id\n", "secret");
		assertMissing("hashes", "email,scopes\n", "hash");
		assertMissing("keys", "email,scopes\n", "key");
	}

	private void assertMissing(String source, String table, String column) {
		Answer answer = take(source, table);
		assertThat(answer.status()).as(table).isEqualTo(422);
		assertThat(answer.code()).isEqualTo("validation_failed");
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly(column);
	}

	@ParameterizedTest
	@MethodSource
	void aHostileTableIsRefusedAndNothingOfItIsTaken(String what, String table) {
		String good = secret(40);
		String whole = "email,key,scopes\n%s,%s,user:read\n".formatted(this.owner.email(), good) + table;
		String answer = this.http.raw("""
				POST /api/import/keys HTTP/1.1
				Host: 127.0.0.1
				Connection: close
				Authorization: Bearer %s
				Content-Type: text/csv
				Content-Length: %d

				%s""".replace("\n", "\r\n").formatted(this.admin, whole.length(), whole));
		assertThat(answer).as(what).startsWith("HTTP/1.1 4").contains("malformed_request");
		assertThat(answer).doesNotContain(good);
		assertThat(this.http.get("/api/user", good).status()).isEqualTo(401);
	}

	static Stream<Arguments> aHostileTableIsRefusedAndNothingOfItIsTaken() {
		return Stream.of(Arguments.of("a quotation mark that is never closed", "\"a,b,c\n".repeat(3)),
				Arguments.of("text after a quotation mark", "\"a\"x,b,c\n"),
				Arguments.of("a backslash before a quotation mark", "\"[\\\"*\\\"]\",b,c\n"),
				Arguments.of("no UTF-8", "\u00ff\u00fe,b,c\n"),
				Arguments.of("half a surrogate", "\u00ed\u00a0\u0080,b,c\n"),
				Arguments.of("a NUL in a word of two bytes", "\u00c0\u0080,b,c\n"),
				Arguments.of("more columns than memory", ",".repeat(100_000) + "\n"),
				Arguments.of("one quotation mark in megabytes", "\"" + "x".repeat(1_000_000)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "iso-8859-1", "utf-16", "windows-1252", "nonsense" })
	void aTableThatIsSaidNotToBeUtf8IsNotRead(String charset) {
		Answer answer = take("keys", "email,key,scopes\n", "text/csv; charset=" + charset);
		assertThat(answer.status()).isEqualTo(415);
		assertThat(answer.code()).isEqualTo("unsupported_media_type");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/csv", "text/csv;charset=UTF-8", "text/csv; charset=\"utf-8\"; header=present",
			"text/csv;charset=us-ascii" })
	void aTableInUtf8IsReadHoweverThatIsSaid(String type) {
		assertThat(take("keys", "email,key,scopes\n", type).status()).isEqualTo(200);
	}

	@Test
	void whatOnlyLooksHostileIsRefusedLineByLine() {
		String nested = "[".repeat(100_000);
		Answer answer = take("keys",
				"email,key,scopes\n" + line(secret(300), "user:read") + line("12|" + secret(10) + "|", "user:read")
						+ line("=cmd|' /C calc'!A0".repeat(2), "user:read") + line(secret(40), nested)
						+ line(secret(40), "a:1:{i:0;O:8:\"\"stdClass\"\":0:{}}")
						+ line(secret(40), "a:" + "i:0;".repeat(50_000)) + line(secret(40), "user:read\u0000")
						+ "\u202eevil@example.com,%s,user:read\n".formatted(secret(40)) + "\n\n,,\n");
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(answer.<Integer>json("imported")).isZero();
		assertThat(answer.<List<Integer>>json("refused[*].line")).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 12);
		String misplaced = "k" + secret(23);
		assertThat(take("keys", "email,key,scopes\n" + line(secret(40), misplaced)).body()).contains("does not exist")
			.doesNotContain(misplaced);
		String header = "email,key,key,scopes\n";
		assertThat(take("keys", header).code()).isEqualTo("malformed_request");
	}

	@Test
	void aFileMayBeLargeAndOneThatIsTooLargeIs413() {
		String line = "%s,%s,user:read\n".formatted(this.owner.email(), "x");
		assertThat(take("keys", "email,key,scopes\n" + line.repeat(20_000)).<List<?>>json("refused")).hasSize(20_000);
		String large = "x".repeat(33 * 1024 * 1024);
		Answer answer = take("keys", large);
		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.code()).isEqualTo("payload_too_large");
	}

	@Test
	void thousandsOfTokensComeInAtOnce() {
		StringBuilder table = new StringBuilder("\ufeffemail,key,scopes\r\n");
		List<User> owners = Stream.generate(this.people::user).limit(20).toList();
		for (int i = 0; i < 3_000; i++) {
			table.append(owners.get(i % 20).email())
				.append(',')
				.append("key-%040d".formatted(i))
				.append(",user:read\r\n");
		}
		assertThat(take("keys", table.toString()).body())
			.isEqualTo("{\"imported\":3000,\"unchanged\":0,\"refused\":[]}");
		assertThat(this.http.get("/api/user", "key-%040d".formatted(2_999)).status()).isEqualTo(200);
	}

	private String line(String key, String scopes) {
		return "%s,%s,\"%s\"\n".formatted(this.owner.email(), key, scopes);
	}

	private Answer take(String source, String table) {
		return send(source, table, this.admin);
	}

	private Answer take(String source, String table, String type) {
		return this.http.send("POST", "/api/import/" + source, table,
				Map.of("Authorization", List.of("Bearer " + this.admin), "Content-Type", List.of(type)));
	}

	private Answer send(String source, String table, String token) {
		return this.http.send("POST", "/api/import/" + source, table, Map.of("Authorization",
				List.of("Bearer " + token), "Content-Type", List.of("text/csv; charset=utf-8")));
	}

	private String diagnose(String raw) {
		return this.http.post("/api/tokens/diagnose", "{\"token\":\"%s\"}".formatted(raw)).json("state");
	}

	/** As MySQL's client or phpMyAdmin exports Sanctum's table. */
	private String sanctum(int id, String secret, String abilities) {
		return "\"%d\",\"App\\Models\\User\",\"%s\",\"laptop\",\"%s\",\"%s\",\"2026-10-01 08:00:00\",NULL,\"2026-01-01 00:00:00\",\"2026-01-01 00:00:00\"\n"
			.formatted(id, this.owner.email(), sha256(secret), abilities);
	}

	private static String sha256(String text) {
		return HexFormat.of().formatHex(Sha256.of(text));
	}

	private static String secret(int length) {
		StringBuilder secret = new StringBuilder();
		while (secret.length() < length) {
			secret.append(UUID.randomUUID().toString().replace("-", ""));
		}
		return secret.substring(0, length);
	}

}
