package dev.latchkey.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who did what, from where and when.
 */
@LatchkeyTest
class AuditTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private RefusalAggregator refusals;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private TransactionTemplate transactions;

	private User user;

	private User admin;

	private String reader;

	private IssuedToken key;

	@BeforeEach
	void makePeople() {
		this.user = this.people.user();
		this.admin = this.people.superuser();
		this.reader = this.people.raw(this.admin, "audit:read", "users:write");
		this.key = this.people.token(this.user, "*");
	}

	@Test
	void theLifeOfATokenIsTold() {
		Instant now = this.clock.stop();
		String raw = this.key.raw().reveal();
		Answer made = this.http.post("/api/tokens", raw, "{\"name\":\"x\",\"scopes\":[\"user:read\"]}");
		String id = made.json("id");
		this.http.patch("/api/tokens/" + id, raw, "{\"name\":\"y\"}");
		Answer successor = this.http.post("/api/tokens/%s/rotate".formatted(id), raw, null);
		this.http.get("/api/user", made.json("token"));
		this.http.delete("/api/tokens/" + successor.<String>json("id"), raw);
		this.refusals.flush();
		assertThat(actionsOf(id)).containsExactlyInAnyOrder("token.created", "token.changed", "token.rotated",
				"token.refused", "token.reuse_detected");
		assertThat(actionsOf(successor.json("id"))).containsExactlyInAnyOrder("token.created", "token.revoked");
		Map<String, Object> created = this.http.get("/api/tokens/%s/events".formatted(id), raw)
			.<List<Map<String, Object>>>json("items[?(@.action == 'token.created')]")
			.get(0);
		assertThat(created).containsEntry("actor", this.user.email())
			.containsEntry("actor_id", this.user.id().toString())
			.containsEntry("ip", "127.0.0.1")
			.containsEntry("at", now.toString())
			.containsEntry("detail", "user:read");
	}

	@Test
	void loginsAreToldWhetherTheySucceedOrFail() {
		login(this.user.email(), People.PASSWORD);
		login(this.user.email(), "wrong password");
		login("nobody@example.com", "wrong password");
		this.refusals.flush();
		assertThat(find("action=token.created&actor=" + this.user.email()).<Integer>json("total")).isEqualTo(2);
		assertThat(find("action=login.succeeded&actor=" + this.user.id()).<Integer>json("total")).isEqualTo(1);
		for (String actor : List.of(this.user.email(), this.user.id().toString())) {
			assertThat(find("action=login.succeeded&actor=" + actor.toUpperCase(Locale.ROOT)).<Integer>json("total"))
				.isEqualTo(1);
		}
		Answer failed = find("action=login.failed&size=100");
		assertThat(failed.<List<String>>json("items[?(@.owner_id == '%s')].ip".formatted(this.user.id())))
			.containsExactly("127.0.0.1");
		assertThat(failed.<List<String>>json("items[*].detail")).contains("unknown account");
		assertThat(failed.body()).doesNotContain("wrong password", "nobody@example.com");
	}

	@Test
	void changesOfAccountsAreTold() {
		String path = "/api/users/" + this.user.id();
		this.http.patch(path, this.reader, "{\"name\":\"Other\",\"password\":\"another password\"}");
		this.http.patch(path, this.reader, "{\"roles\":[\"ADMIN\"]}");
		this.http.patch(path, this.reader, "{\"enabled\":false}");
		this.http.patch(path, this.reader, "{\"enabled\":true}");
		this.http.delete(path, this.reader);
		Answer events = find("actor=%s&size=100".formatted(this.admin.email()));
		assertThat(events.<List<String>>json("items[?(@.owner_id == '%s')].action".formatted(this.user.id())))
			.containsExactlyInAnyOrder("user.renamed", "user.password_changed", "user.roles_changed", "token.revoked",
					"user.disabled", "user.enabled", "user.deleted");
		assertThat(events.body()).doesNotContain("another password", "bcrypt");
	}

	@Test
	void eventsAreFoundByActorActionAndTime() {
		Instant now = this.clock.advance(Duration.ofDays(-1000));
		login(this.user.email(), People.PASSWORD);
		String actor = "actor=" + this.user.id();
		assertThat(find(actor).<List<String>>json("items[*].action")).contains("login.succeeded");
		assertThat(find(actor + "&action=login.failed").<Integer>json("total")).isZero();
		assertThat(find(actor + "&from=%s&to=%s".formatted(now, now.plusSeconds(1))).<Integer>json("total"))
			.isPositive();
		assertThat(find(actor + "&to=" + now).<Integer>json("total")).isZero();
		assertThat(
				find(actor + "&from=%s&to=%s".formatted(now.plusSeconds(1), now.plusSeconds(2))).<Integer>json("total"))
			.isZero();
		assertThat(find("actor=nobody").<Integer>json("total")).isZero();
	}

	@Test
	void anActionThatIsNoneIsRefused() {
		Answer answer = find("action=token.forgotten");
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly("action");
		assertThat(find("action=token.changed").status()).isEqualTo(200);
	}

	@Test
	void threeChangesOfATokenLeaveThreeDifferentRows() {
		String raw = this.key.raw().reveal();
		String id = this.http.post("/api/tokens", raw, "{\"name\":\"x\",\"scopes\":[\"user:read\",\"tokens:read\"]}")
			.json("id");
		String path = "/api/tokens/" + id;
		this.http.patch(path, raw, "{\"name\":\"y\"}");
		this.http.patch(path, raw, "{\"scopes\":[\"user:read\"]}");
		this.http.patch(path, raw, "{\"allowed_ips\":[\"192.0.2.0/24\"]}");
		assertThat(this.http.patch(path, raw, "{\"name\":\"y\"}").status()).isEqualTo(200);
		Answer events = this.http.get(path + "/events", raw);
		assertThat(events.<List<Object>>json("items[?(@.action == 'token.changed')].changes[*]"))
			.hasToString("[{\"field\":\"allowed_ips\",\"before\":[],\"after\":[\"192.0.2.0\\/24\"]},"
					+ "{\"field\":\"scopes\",\"before\":[\"tokens:read\",\"user:read\"],\"after\":[\"user:read\"]},"
					+ "{\"field\":\"name\",\"before\":\"x\",\"after\":\"y\"}]");
		assertThat(events.<List<Object>>json("items[*].credential.id")).hasSize(4)
			.containsOnly(this.key.details().id().toString());
		assertThat(events.<List<Object>>json("items[*].credential.kind")).containsOnly("token");
	}

	/** A page and its count read what they are about, whatever else the table holds. */
	@Test
	void eachFilterIsAnsweredByAnIndex() {
		String at = "2026-01-01T00:00:00Z";
		for (AuditFilter filter : List.of(AuditFilter.of(this.user.email(), null, null, null),
				AuditFilter.of(this.user.id().toString(), null, null, null),
				AuditFilter.of(null, "token.reuse_detected", null, null), AuditFilter.of(null, null, at, at),
				AuditFilter.of(this.user.email(), "token.created", at, at))) {
			assertThat(plan(filter)).as(filter.toString()).contains("Index Cond").doesNotContain("Seq Scan", "Sort");
		}
	}

	private String plan(AuditFilter filter) {
		return this.transactions.execute((status) -> {
			this.jdbc.execute("set local enable_seqscan = off");
			this.jdbc.execute("set local enable_bitmapscan = off");
			return String.join("\n",
					new NamedParameterJdbcTemplate(this.jdbc).queryForList(
							"explain select id from audit_event%s order by at, id limit 20".formatted(filter.where()),
							filter.parameters(), String.class));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "from=yesterday", "to=2026-01-01", "from=%2B999999999-01-01T00:00:00Z" })
	void aTimeThatIsNoneIsRefused(String query) {
		Answer answer = find(query);
		assertThat(answer.status()).isEqualTo(422);
		assertThat(answer.<List<String>>json("errors[*].field")).containsExactly(query.replaceAll("=.*", ""));
	}

	@Test
	void ownersSeeWhatHappenedToTheirTokensAlone() {
		IssuedToken strangers = this.people.token(this.people.user(), "*");
		String path = "/api/tokens/%s/events".formatted(this.key.details().id());
		assertThat(this.http.get(path, this.key.raw().reveal()).<Integer>json("total")).isPositive();
		assertThat(this.http.get(path, strangers.raw().reveal()).code()).isEqualTo("not_found");
		assertThat(this.http.get(path, this.reader).code()).isEqualTo("insufficient_scope");
		assertThat(this.http.get("/api/audit-events", this.key.raw().reveal()).code()).isEqualTo("forbidden");
	}

	@Test
	void neitherATokenNorItsHashIsKept() throws Exception {
		String raw = this.key.raw().reveal();
		this.http.get("/api/user", raw + "x");
		this.http.get("/api/user?token=" + raw, "nonsense");
		this.http.post("/api/tokens/diagnose", "{\"token\":\"%s\"}".formatted(raw));
		this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(raw));
		this.http.get("/api/user", raw);
		this.http.post("/api/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(raw, raw));
		this.refusals.flush();
		String hash = HexFormat.of()
			.formatHex(MessageDigest.getInstance("SHA-256").digest(raw.getBytes(StandardCharsets.UTF_8)));
		assertThat(this.jdbc.queryForObject("select count(*) from audit_event e where e::text like ? or e::text like ?",
				Integer.class, "%" + raw.substring(4, 24) + "%", "%" + hash + "%"))
			.isZero();
	}

	private List<String> actionsOf(String token) {
		return this.http.get("/api/tokens/%s/events".formatted(token), this.key.raw().reveal()).json("items[*].action");
	}

	private Answer find(String query) {
		return this.http.get("/api/audit-events?" + query, this.reader);
	}

	private void login(String email, String password) {
		this.http.post("/api/login", "{\"email\":\"%s\",\"password\":\"%s\",\"token_name\":\"x\",\"scopes\":[\"*\"]}"
			.formatted(email, password));
	}

}
