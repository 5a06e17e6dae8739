package dev.latchkey.verification;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.ScopeUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which of its scopes a token was asked for and had, in the last 90 days.
 */
@LatchkeyTest
class ScopeUseTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private ScopeUseRecorder recorder;

	@Autowired
	private ScopeUsage usage;

	@Autowired
	private JdbcTemplate jdbc;

	private User user;

	@BeforeEach
	void somebody() {
		this.user = this.people.user();
	}

	@Test
	void whatARouteAskedForAndTheTokenHadCountsAndNothingElse() {
		IssuedToken token = this.people.token(this.user, "user:read", "notes:*", "tokens:write");
		String raw = token.raw().reveal();
		this.http.get("/api/user", raw);
		this.http.get("/api/users", raw);
		this.http.get("/api/tokens/current", raw);
		this.http.get("/forward-auth?scope=notes:read", raw);
		this.http.get("/forward-auth?scope=notes:write&scope=orders:read", raw);
		assertThat(used(token)).containsExactly("notes:read", "user:read");
		this.http.get("/forward-auth?any_scope=orders:read&any_scope=notes:write", raw);
		assertThat(used(token)).containsExactly("notes:read", "notes:write", "user:read");
		Visitor visitor = new Visitor(this.http.base()).signIn(this.user);
		assertThat(visitor.get("/tokens/" + token.details().id()).body()).contains("3 of 4 used");
		assertThat(new Visitor(this.http.base()).signIn(this.people.admin())
			.get("/admin/tokens?owner=" + this.user.id())
			.body()).contains("3 of 4 used");
		this.http.patch("/api/tokens/" + token.details().id(), this.people.raw(this.user, "tokens:write"),
				"{\"scopes\":[\"notes:read\",\"tokens:write\"]}");
		assertThat(used(token)).containsExactly("notes:read");
	}

	/** What it cannot use is nothing that it leaves unused. */
	@Test
	void whatTheOwnersRolesDoNotAllowCountsNotAtAll() {
		User admin = this.people.admin();
		IssuedToken token = this.people.token(admin, "user:read", "users:read", "users:write");
		this.http.get("/api/users", token.raw().reveal());
		this.http.get("/api/user", token.raw().reveal());
		this.recorder.flush();
		assertThat(this.usage.of(token.details())).extracting((used) -> used.names().size(), (used) -> used.held())
			.containsExactly(2, 3);
		this.people.setRoles(admin, Role.USER);
		assertThat(this.usage.of(token.details()).held()).isEqualTo(1);
		assertThat(this.usage.of(token.details()).names()).containsExactly("user:read");
	}

	@Test
	void itIsForgottenAfter90Days() {
		IssuedToken token = this.people.token(this.user, "user:read", "notes:read");
		this.http.get("/api/user", token.raw().reveal());
		assertThat(used(token)).containsExactly("user:read");
		this.clock.advance(Duration.ofDays(60));
		this.http.get("/forward-auth?scope=notes:read", token.raw().reveal());
		this.recorder.flush();
		this.clock.advance(Duration.ofDays(30));
		assertThat(used(token)).containsExactly("notes:read");
		this.jdbc.update(
				"update token_scope_use set day = current_date - 91 where token_id = ? and scope = 'user:read'",
				token.details().id());
		this.usage.prune();
		assertThat(rows(token.details().id())).hasSize(1);
	}

	@Test
	void aDayOfUseIsWrittenOnceAndOnNoRequestsWay() {
		IssuedToken token = this.people.token(this.user, "user:read");
		String raw = token.raw().reveal();
		this.http.get("/api/user", raw);
		this.recorder.flush();
		List<String> written = rows(token.details().id());
		this.http.get("/api/user", raw);
		this.recorder.flush();
		assertThat(rows(token.details().id())).isEqualTo(written);
		this.clock.advance(Duration.ofDays(1));
		this.http.get("/api/user", raw);
		assertThat(rows(token.details().id())).isEqualTo(written);
		this.recorder.flush();
		assertThat(rows(token.details().id())).hasSize(1).isNotEqualTo(written);
	}

	@Test
	void whatIsAboutATokenThatIsGoneKeepsNothingElseFromBeingWritten() {
		IssuedToken gone = this.people.token(this.user, "user:read");
		IssuedToken stays = this.people.token(this.user, "user:read");
		this.http.get("/api/user", gone.raw().reveal());
		this.http.get("/api/user", stays.raw().reveal());
		this.jdbc.update("delete from api_token where id = ?", gone.details().id());
		assertThat(used(stays)).containsExactly("user:read");
	}

	private List<String> used(IssuedToken token) {
		this.recorder.flush();
		return this.http.get("/api/tokens/" + token.details().id(), this.people.raw(this.user, "tokens:read"))
			.json("scopes_used");
	}

	private List<String> rows(UUID id) {
		return this.jdbc.queryForList("select xmin::text || scope || day from token_scope_use where token_id = ?",
				String.class, id);
	}

}
