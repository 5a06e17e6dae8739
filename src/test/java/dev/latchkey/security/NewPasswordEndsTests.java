package dev.latchkey.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.latchkey.account.LoginTokens;
import dev.latchkey.account.PasswordLogin;
import dev.latchkey.account.ProvenPassword;
import dev.latchkey.account.RawPassword;
import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.NewToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a new password ends (contract 2), and what a sign-in under way meanwhile becomes.
 */
@LatchkeyTest
class NewPasswordEndsTests {

	private static final String NEW = "window under water";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private UserService users;

	@Autowired
	private PasswordLogin login;

	@Autowired
	private LoginTokens logins;

	@Autowired
	private Apps apps;

	@Autowired
	private JdbcTemplate jdbc;

	private User user;

	private App app;

	private String personal;

	private Answer flow;

	@BeforeEach
	void makeTokens() {
		this.user = this.people.user();
		this.app = this.apps.own(this.user);
		this.personal = this.people.raw(this.user, "user:read");
		this.flow = this.app.signIn(this.user);
		assertThat(this.flow.status()).isEqualTo(200);
	}

	@Test
	void setByAnAdministratorItEndsEverything() {
		Visitor session = signedIn();
		assertThat(patch("{\"password\":\"%s\"}".formatted(NEW))).isEqualTo(200);
		assertThat(lives(this.personal)).isFalse();
		assertThat(lives(this.flow.json("access_token"))).isFalse();
		assertThat(refreshes()).isFalse();
		assertThat(session.get("/tokens").statusCode()).isEqualTo(302);
	}

	@Test
	void theAdministratorMayKeepTheTokensButNotThoseOfTheCredentialFlow() {
		assertThat(patch("{\"password\":\"%s\",\"keep_tokens\":true}".formatted(NEW))).isEqualTo(200);
		assertThat(lives(this.personal)).isTrue();
		assertThat(lives(this.flow.json("access_token"))).isFalse();
		assertThat(refreshes()).isFalse();
	}

	@Test
	void whatTheCredentialFlowRefreshedEndsToo() {
		Answer refreshed = refresh();
		assertThat(refreshed.status()).isEqualTo(200);
		this.flow = refreshed;
		assertThat(patch("{\"password\":\"%s\",\"keep_tokens\":true}".formatted(NEW))).isEqualTo(200);
		assertThat(lives(refreshed.json("access_token"))).isFalse();
		assertThat(refreshes()).isFalse();
	}

	@Test
	void theOwnerChooses() {
		Visitor session = signedIn();
		session.get("/account");
		session.post("/account", "current", People.PASSWORD, "password", NEW);
		assertThat(lives(this.personal)).isTrue();
		assertThat(lives(this.flow.json("access_token"))).isFalse();
		session.get("/account");
		session.post("/account", "current", NEW, "password", NEW + "s", "end_tokens", "true");
		assertThat(lives(this.personal)).isFalse();
	}

	@Test
	void theSessionThatSetsItStaysUnderANewId() {
		Visitor session = signedIn();
		String before = session.session();
		session.get("/account");
		assertThat(session.post("/account", "current", People.PASSWORD, "password", NEW).statusCode()).isEqualTo(302);
		assertThat(session.session()).isNotEqualTo(before);
		assertThat(session.get("/account").body()).contains("Your password is changed.");
		Visitor thief = new Visitor(this.http.base());
		thief.session(before);
		assertThat(thief.get("/tokens").statusCode()).isEqualTo(302);
	}

	@Test
	void aSignInUnderWayMeanwhileBecomesNothing() {
		ProvenPassword proven = this.login
			.authenticate(Actor.GUEST, this.user.email(), new RawPassword(People.PASSWORD))
			.orElseThrow();
		Visitor session = signedIn();
		this.people.setPassword(this.user, NEW);
		assertThatExceptionOfType(AccessDeniedException.class)
			.isThrownBy(() -> this.logins.issue(Actor.GUEST, proven, NewToken.of("late", "user:read")));
		assertThat(this.users.changeOwnPassword(Actor.GUEST, proven, new RawPassword("yet another password"), true))
			.isEmpty();
		assertThat(session.get("/tokens").statusCode()).isEqualTo(302);
	}

	/** As it is written when the password was changed after it was compared. */
	@Test
	void aSessionOfAnOldPasswordIsNone() {
		Visitor session = signedIn();
		this.jdbc.update("update app_user set password_version = password_version + 1 where id = ?", this.user.id());
		assertThat(session.get("/tokens").statusCode()).isEqualTo(302);
		assertThat(session.get("/oauth2/authorize?client_id=x").statusCode()).isNotEqualTo(200);
	}

	@Test
	void aClassThatIsNotKeptInSessionsIsNotReadAndNobodyIsSignedIn() throws IOException {
		Visitor session = signedIn();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
			output.writeObject(new Stranger());
		}
		this.jdbc.update("""
				update web_session_attributes set attribute_bytes = ? where session_primary_id in
				(select primary_id from web_session where principal_name = ?)""", bytes.toByteArray(),
				this.user.id().toString());
		assertThat(session.get("/tokens").statusCode()).isEqualTo(302);
		assertThat(Stranger.READ).isFalse();
		assertThat(session.signIn(this.user.email(), People.PASSWORD).headers().firstValue("Location"))
			.contains("/tokens");
	}

	private Visitor signedIn() {
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(this.user.email(), People.PASSWORD);
		assertThat(visitor.get("/tokens").statusCode()).isEqualTo(200);
		return visitor;
	}

	private int patch(String body) {
		return this.http.patch("/api/users/" + this.user.id(), this.people.raw(this.people.admin(), "*"), body)
			.status();
	}

	private boolean lives(String token) {
		return this.http.get("/api/user", token).status() == 200;
	}

	private boolean refreshes() {
		return refresh().status() == 200;
	}

	private Answer refresh() {
		return this.app.refresh(this.flow);
	}

	/** Notes that it was read. */
	private static final class Stranger implements Serializable {

		static final AtomicBoolean READ = new AtomicBoolean();

		private static final long serialVersionUID = 1L;

		private void readObject(ObjectInputStream input) throws IOException, ClassNotFoundException {
			input.defaultReadObject();
			READ.set(true);
		}

	}

}
