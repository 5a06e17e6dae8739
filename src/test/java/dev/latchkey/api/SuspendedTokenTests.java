package dev.latchkey.api;

import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A token that is suspended is dead to those who use it, and not to its owner.
 */
@LatchkeyTest
class SuspendedTokenTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	@Autowired
	private JdbcTemplate jdbc;

	private User owner;

	private String key;

	private IssuedToken token;

	private String path;

	@BeforeEach
	void makeTokens() {
		this.owner = this.people.user();
		this.key = this.people.raw(this.owner, "*");
		this.token = this.people.token(this.owner, "user:read", "tokens:write");
		this.path = "/api/tokens/" + this.token.details().id();
	}

	@Test
	void aSuspendedTokenIsRefusedLikeAnyOtherUntilItIsResumed() {
		assertThat(use().status()).isEqualTo(200);
		Answer suspended = this.http.post(this.path + "/suspend", this.key, null);
		assertThat(suspended.status()).as(suspended.body()).isEqualTo(204);
		Answer revoked = this.http.get("/api/user", ended());
		Answer refused = use();
		assertThat(refused.status()).isEqualTo(401);
		assertThat(refused.code()).isEqualTo("invalid_token");
		assertThat(refused.header("WWW-Authenticate")).isEqualTo(revoked.header("WWW-Authenticate"));
		assertThat(state()).isEqualTo("suspended");
		assertThat(this.http.post(this.path + "/resume", this.key, "{}").status()).isEqualTo(204);
		assertThat(use().status()).isEqualTo(200);
		assertThat(state()).isEqualTo("active");
	}

	@Test
	void aSecondTimeIsTheSameAndTellsNobody() {
		for (String act : List.of("suspend", "suspend", "resume", "resume")) {
			assertThat(this.http.post(this.path + "/" + act, this.key, null).status()).isEqualTo(204);
		}
		assertThat(this.http.get(this.path + "/events", this.key).<List<String>>json("items[*].action"))
			.containsExactlyInAnyOrder("token.created", "token.suspended", "token.resumed");
	}

	@Test
	void theListFindsItByItsState() {
		suspend();
		String id = this.token.details().id().toString();
		assertThat(this.http.get("/api/tokens?state=suspended", this.key).<List<String>>json("items[*].id"))
			.containsExactly(id);
		assertThat(this.http.get("/api/tokens", this.key).body()).doesNotContain(id);
	}

	@Test
	void itsHolderIsToldWhenHeAsks() {
		suspend();
		Answer answer = this.http.post("/api/tokens/diagnose",
				"{\"token\":\"%s\"}".formatted(this.token.raw().reveal()));
		assertThat(answer.<String>json("state")).isEqualTo("suspended");
		assertThat(answer.<List<String>>json("reasons")).isNotEmpty();
	}

	@Test
	void itCanBeChangedAndRevokedAndNotRotated() {
		suspend();
		Answer rotated = this.http.post(this.path + "/rotate", this.key, null);
		assertThat(rotated.status()).isEqualTo(409);
		assertThat(rotated.code()).isEqualTo("token_not_active");
		assertThat(this.http.patch(this.path, this.key, "{\"name\":\"other\"}").status()).isEqualTo(200);
		this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(this.token.raw().reveal()));
		assertThat(state()).isEqualTo("revoked");
		for (String act : List.of("suspend", "resume")) {
			assertThat(this.http.post(this.path + "/" + act, this.key, null).code()).isEqualTo("token_not_active");
		}
	}

	@Test
	void whatWasMadeWithItLivesOn() {
		String child = this.http
			.post("/api/tokens", this.token.raw().reveal(), "{\"name\":\"x\",\"scopes\":[\"user:read\"]}")
			.json("token");
		suspend();
		assertThat(this.http.get("/api/user", child).status()).isEqualTo(200);
	}

	@Test
	void anAdministratorSuspendsAnybodysAndOthersNobodys() {
		assertThat(this.http.post(this.path + "/suspend", this.people.raw(this.people.user(), "*"), null).code())
			.isEqualTo("not_found");
		String admin = this.people.raw(this.people.admin(), "*");
		assertThat(this.http.post(this.path + "/suspend", admin, null).status()).isEqualTo(204);
		assertThat(use().status()).isEqualTo(401);
		assertThat(this.http.post(this.path + "/resume", admin, null).status()).isEqualTo(204);
		assertThat(use().status()).isEqualTo(200);
		String reader = this.people.raw(this.people.admin(), "users:read", "tokens:read");
		assertThat(this.http.post(this.path + "/suspend", reader, null).code()).isEqualTo("insufficient_scope");
	}

	@Test
	void nobodyGetsBackWhatHeMayNotDoHimself() {
		IssuedToken wide = this.people.token(this.owner, "*");
		String wider = "/api/tokens/" + wide.details().id();
		this.http.post(wider + "/suspend", this.key, null);
		Answer refused = this.http.post(wider + "/resume", this.token.raw().reveal(), null);
		assertThat(refused.status()).isEqualTo(403);
		assertThat(this.http.get("/api/user", wide.raw().reveal()).status()).isEqualTo(401);
		String bound = this.people.raw(this.owner, TokenRequest.of("*").atMost(5));
		assertThat(this.http.post(wider + "/resume", bound, null).status()).isEqualTo(403);
		IssuedToken superusers = this.people.token(this.people.superuser(), "user:read");
		String admin = this.people.raw(this.people.admin(), "*");
		String theirs = "/api/tokens/" + superusers.details().id();
		assertThat(this.http.post(theirs + "/suspend", admin, null).status()).isEqualTo(204);
		assertThat(this.http.post(theirs + "/resume", admin, null).status()).isEqualTo(403);
	}

	@Test
	void aRowThatIsSuspendedByHandIsRefusedToo() {
		assertThat(use().status()).isEqualTo(200);
		this.jdbc.update("update api_token set suspended_at = now() where id = ?", this.token.details().id());
		await().until(() -> use().status() == 401);
	}

	@Test
	void theBodyIsEmpty() {
		assertThat(this.http.post(this.path + "/suspend", this.key, "{\"reason\":\"x\"}").status()).isEqualTo(400);
		assertThat(use().status()).isEqualTo(200);
	}

	@Test
	void thePageAsksFirst() {
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(this.owner.email(), People.PASSWORD);
		String page = "/tokens/" + this.token.details().id();
		assertThat(visitor.get(page).body()).contains("/suspend\"").doesNotContain("/resume\"");
		assertThat(visitor.get(page + "/suspend").body()).contains("Suspend token");
		visitor.post(page + "/suspend");
		assertThat(use().status()).isEqualTo(401);
		assertThat(visitor.get(page).body()).contains("Suspended", "/resume\"").doesNotContain("/suspend\"");
		assertThat(visitor.get(page + "/resume").body()).contains("Resume token");
		visitor.post(page + "/resume");
		assertThat(use().status()).isEqualTo(200);
	}

	@Test
	void aSuspendedAccessTokenIsNotRefreshed() {
		App app = this.apps.own(this.people.superuser());
		Answer tokens = app.signIn(this.owner);
		String access = tokens.json("access_token");
		String id = this.http.get("/api/tokens/current", access).json("id");
		String admin = this.people.raw(this.people.admin(), "*");
		assertThat(this.http.post("/api/tokens/%s/suspend".formatted(id), admin, null).status()).isEqualTo(204);
		assertThat(app.refresh(tokens).status()).isEqualTo(401);
		assertThat(this.http.post("/api/tokens/%s/resume".formatted(id), admin, null).status()).isEqualTo(204);
		assertThat(this.http.get("/api/tokens/current", access).status()).isEqualTo(200);
		assertThat(app.refresh(tokens).status()).isEqualTo(200);
	}

	private void suspend() {
		assertThat(this.http.post(this.path + "/suspend", this.key, null).status()).isEqualTo(204);
	}

	private Answer use() {
		return this.http.get("/api/user", this.token.raw().reveal());
	}

	private String state() {
		return this.http.get(this.path, this.key).json("state");
	}

	private String ended() {
		IssuedToken other = this.people.token(this.owner, "user:read");
		this.http.delete("/api/tokens/" + other.details().id(), this.key);
		return other.raw().reveal();
	}

}
