package dev.latchkey.grant;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.client.ClientRemoval;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application keeps that made itself a personal token and then ended the token it
 * was made with.
 */
@LatchkeyTest
class WithdrawnApplicationTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	@Autowired
	private ClientRemoval removal;

	@Autowired
	private ApplicationWithdrawal withdrawal;

	@Autowired
	private ClientCache clients;

	@Autowired
	private JdbcClient jdbc;

	private User user;

	private App app;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.app = this.apps.own(this.user);
	}

	@Test
	void nothingOnceTheOwnerTakesItsRightAway() {
		String kept = keepToken();
		this.withdrawal.withdraw(Actor.account(this.user.id()), client().id());
		assertThat(this.http.get("/api/user", kept).status()).isEqualTo(401);
	}

	@Test
	void nothingOnceItIsRemoved() {
		String kept = keepToken();
		this.removal.remove(this.people.signedIn(this.people.superuser()).actor(), client().id());
		assertThat(this.http.get("/api/user", kept).status()).isEqualTo(401);
	}

	@Test
	void everyGrantEndsHoweverOftenItWasRefreshed() {
		Answer pair = signIn();
		Answer other = signIn();
		for (int i = 0; i < 3; i++) {
			pair = this.app.refresh(pair);
		}
		this.withdrawal.withdraw(Actor.account(this.user.id()), client().id());
		assertThat(this.http.get("/api/user", pair.<String>json("access_token")).status()).isEqualTo(401);
		assertThat(this.http.get("/api/user", other.<String>json("access_token")).status()).isEqualTo(401);
		assertThat(this.jdbc.sql("select count(*) from api_token where client_id = ? and revoked_at is null")
			.param(this.app.id())
			.query(Integer.class)
			.single()).isZero();
	}

	@Test
	void aRefreshIsInTheAuditAsTheRotationThatItIs() {
		this.app.refresh(signIn());
		assertThat(this.jdbc
			.sql("select count(*) from audit_event a join api_token t on t.id = a.token_id and t.kind = 'r'"
					+ " where a.action = 'token.rotated' and a.owner_id = ?")
			.param(this.user.id())
			.query(Integer.class)
			.single()).isEqualTo(1);
	}

	private String keepToken() {
		String access = signIn().json("access_token");
		String kept = this.http.post("/api/tokens", access, "{\"name\":\"kept\",\"scopes\":[\"user:read\"]}")
			.json("token");
		assertThat(this.http.delete("/api/tokens/current", access).status()).isEqualTo(204);
		assertThat(this.http.get("/api/user", kept).status()).isEqualTo(200);
		return kept;
	}

	private Answer signIn() {
		return this.app.signIn(this.user);
	}

	private Client client() {
		return this.clients.find(this.app.id()).orElseThrow();
	}

}
