package dev.latchkey.api;

import java.time.Duration;
import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the holder of a token is told about it.
 */
@LatchkeyTest
class DiagnoseTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void theHolderIsToldWhyATokenDoesNotWork() {
		String key = this.people.raw(this.people.user(), "*");
		assertDiagnosis("nonsense", "malformed", "prefix");
		assertDiagnosis(key.substring(0, 52), "malformed", "length");
		assertDiagnosis(key.substring(0, 30) + "-" + key.substring(31), "malformed", "character");
		assertDiagnosis(key.substring(0, 52) + ((key.charAt(52) != 'a') ? 'a' : 'b'), "malformed", "checksum");
		this.clock.stop();
		String token = make(key, "\"expires_in_days\":1");
		assertThat(diagnose(token).<List<?>>json("reasons")).isEmpty();
		assertThat(diagnose(token).<String>json("state")).isEqualTo("active");
		assertThat(diagnose(token).<List<String>>json("scopes")).containsExactly("user:read");
		assertThat(diagnose(token).<String>json("expires_at")).isNotNull();
		assertDiagnosis(make(key, "\"not_before\":\"%s\"".formatted(this.clock.instant().plusSeconds(60))),
				"not_yet_active", "may be used from");
		assertDiagnosis(make(key, "\"allowed_ips\":[\"192.0.2.0/24\"]"), "active", "192.0.2.0/24");
		assertThat(diagnose(make(key, "\"allowed_ips\":[\"127.0.0.0/8\",\"::1\"]")).<List<?>>json("reasons")).isEmpty();
		String rotated = this.http
			.post("/api/tokens", key, "{\"name\":\"x\",\"scopes\":[\"tokens:rotate\"],\"expires_in_days\":1}")
			.json("token");
		this.http.post("/api/tokens/current/rotate", rotated, null);
		assertDiagnosis(rotated, "revoked", "rotated");
		this.clock.advance(Duration.ofDays(1));
		assertDiagnosis(token, "expired", "expired at");
	}

	@Test
	void anIdleTokenADeletedOneAndThatOfADisabledOwnerAreToldApart() {
		User owner = this.people.user();
		String token = this.people.raw(owner, "user:read");
		this.jdbc.update("update app_user set enabled = false where id = ?", owner.id());
		assertDiagnosis(token, "active", "disabled");
		this.jdbc.update("update api_token set created_at = created_at - interval '365 days' where owner_id = ?",
				owner.id());
		assertThat(diagnose(token).<String>json("state")).isEqualTo("idle_expired");
		this.jdbc.update("delete from api_token where owner_id = ?", owner.id());
		assertDiagnosis(token, "unknown", "no token");
	}

	@Test
	void aScopeThatTheRolesDoNotAllowIsTold() {
		User admin = this.people.admin();
		String token = this.people.raw(admin, "users:read", "user:read");
		this.jdbc.update("update app_user set roles = 'USER' where id = ?", admin.id());
		assertDiagnosis(token, "active", "users:read");
	}

	@Test
	void ofARotatedTokenItIsNotSaidThatItsSuccessorWorks() {
		String first = rotating();
		String second = rotate(first);
		revoke(List.of(second));
		assertDiagnosis(first, "revoked", "a successor was made in its place");
		assertDiagnosis(second, "revoked", "the reason that is noted is a leak");
	}

	@Test
	void aLeakWithinTheGracePeriodIsTold() {
		String owner = this.people.raw(this.people.user(), "*");
		String first = make(owner, "\"expires_in_days\":1");
		this.http.post("/api/tokens/" + id(first) + "/rotate", owner, "{\"grace_period\":\"PT1H\"}");
		revoke(List.of(first));
		assertDiagnosis(first, "revoked", "the reason that is noted is a leak");
	}

	@Test
	void aFamilyThatEndedByAReuseIsToldSo() {
		String first = rotating();
		String second = rotate(first);
		String third = rotate(second);
		assertThat(this.http.post("/api/tokens/current/rotate", first, null).status()).isEqualTo(401);
		assertDiagnosis(third, "revoked", "a reuse after rotation");
	}

	@Test
	void whatSomebodyWroteAsTheReasonIsNotTold() {
		String owner = this.people.raw(this.people.user(), "*");
		String token = make(owner, "\"expires_in_days\":1");
		this.http.send("DELETE", "/api/tokens/" + id(token) + "?reason=my%20laptop", null, Http.bearer(owner));
		Answer diagnosed = diagnose(token);
		assertThat(diagnosed.<String>json("reasons[0]")).startsWith("it was revoked at");
		assertThat(diagnosed.body()).doesNotContain("laptop");
	}

	private String rotating() {
		return this.http
			.post("/api/tokens", this.people.raw(this.people.user(), "*"),
					"{\"name\":\"x\",\"scopes\":[\"tokens:rotate\"]}")
			.json("token");
	}

	private String id(String token) {
		return this.http.get("/api/tokens/current", token).json("id");
	}

	private String rotate(String token) {
		return this.http.post("/api/tokens/current/rotate", token, null).json("token");
	}

	@Test
	void askingIsNoUse() {
		User owner = this.people.user();
		IssuedToken asked = this.people.token(owner, "tokens:read");
		diagnose(asked.raw().reveal());
		assertThat(this.http.get("/api/tokens/" + asked.details().id(), this.people.raw(owner, "tokens:read"))
			.<String>json("last_used_at")).isNull();
	}

	private void assertDiagnosis(String token, String state, String reason) {
		Answer answer = diagnose(token);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.<String>json("state")).isEqualTo(state);
		assertThat(answer.<List<String>>json("reasons")).anyMatch((told) -> told.contains(reason));
	}

	private Answer diagnose(String token) {
		return this.http.post("/api/tokens/diagnose", "{\"token\":\"%s\"}".formatted(token));
	}

	private String make(String key, String field) {
		return this.http.post("/api/tokens", key, "{\"name\":\"x\",\"scopes\":[\"user:read\"],%s}".formatted(field))
			.json("token");
	}

	private Answer revoke(List<String> tokens) {
		return revokeRaw("[\"%s\"]".formatted(String.join("\",\"", tokens)));
	}

	private Answer revokeRaw(String tokens) {
		return this.http.post("/api/tokens/revoke", "{\"tokens\":%s}".formatted(tokens));
	}

}
