package dev.latchkey.verification;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.People;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.NewToken;
import dev.latchkey.token.TokenIssuer;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The ways in which a token loses a right, asked for at one of two nodes or done by hand.
 */
final class RemoteEnds {

	/** A right of administrators, so that it can be lost by a demotion. */
	static final String RIGHT = "users:read";

	private final History history;

	private final List<RemoteNode> nodes;

	private final People people;

	private final TokenIssuer issuer;

	private final JdbcClient jdbc;

	private final String superuser;

	private final User owner;

	private final User disabled;

	RemoteEnds(History history, List<RemoteNode> nodes, People people, TokenIssuer issuer, JdbcClient jdbc) {
		this.history = history;
		this.nodes = nodes;
		this.people = people;
		this.issuer = issuer;
		this.jdbc = jdbc;
		this.superuser = people.raw(people.superuser(), "*");
		this.owner = people.admin();
		this.disabled = people.admin();
	}

	void revoke() throws Exception {
		String token = this.people.raw(this.owner, RIGHT);
		RemoteNode node = oneOfThem();
		History.Life life = this.history.begin(token, "revoked", node);
		node.change("DELETE", "/api/tokens/current", token, null);
		this.history.ended(life);
	}

	void deleteByHand() {
		IssuedToken token = this.people.token(this.owner, RIGHT);
		History.Life life = this.history.begin(token.raw().reveal(), "deleted by hand", "psql");
		this.jdbc.sql("delete from api_token where id = :id").param("id", token.details().id()).update();
		this.history.ended(life);
	}

	void disable() throws Exception {
		String account = "/api/users/" + this.disabled.id();
		RemoteNode node = oneOfThem();
		History.Life life = this.history.begin(this.people.raw(this.disabled, RIGHT), "disabled", node);
		node.change("PATCH", account, this.superuser, "{\"enabled\":false}");
		this.history.ended(life);
		node.change("PATCH", account, this.superuser, "{\"enabled\":true}");
	}

	/** A new account each time: who is promoted again has the right again. */
	void demote() throws Exception {
		UUID account = newAdmin();
		String token = this.issuer.issue(Actor.account(account), NewToken.of("test", RIGHT)).raw().reveal();
		RemoteNode node = oneOfThem();
		History.Life life = this.history.begin(token, "demoted", node);
		node.change("PATCH", "/api/users/" + account, this.superuser, "{\"roles\":[\"%s\"]}".formatted(Role.USER));
		this.history.ended(life);
	}

	void narrow() throws Exception {
		IssuedToken token = this.people.token(this.owner, RIGHT, "tokens:write");
		RemoteNode node = oneOfThem();
		History.Life life = this.history.begin(token.raw().reveal(), "narrowed", node);
		node.change("PATCH", "/api/tokens/" + token.details().id(), token.raw().reveal(),
				"{\"scopes\":[\"tokens:write\"]}");
		this.history.ended(life);
	}

	/** By hand, because working out a password takes longer than all the rest. */
	private UUID newAdmin() {
		return this.jdbc.sql("""
				insert into app_user (id, email, name, password_hash, roles, enabled, created_at)
				select id, id || '@example.com', 'x', 'none', 'ADMIN', true, now() from gen_random_uuid() id
				returning id
				""").query(UUID.class).single();
	}

	private RemoteNode oneOfThem() {
		return this.nodes.get(ThreadLocalRandom.current().nextInt(this.nodes.size()));
	}

}
