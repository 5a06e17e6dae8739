package dev.latchkey.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.client.ClientCache;
import dev.latchkey.scope.Scopes;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.token.TokenDigest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left of requests for consent that nobody answers.
 */
@LatchkeyTest
class UnansweredRequestsTests {

	@Autowired
	private AuthorizationStore store;

	@Autowired
	private Apps apps;

	@Autowired
	private ClientCache clients;

	@Autowired
	private People people;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestClock clock;

	private User user;

	private UUID client;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.client = this.clients.find(this.apps.own(this.user).id()).orElseThrow().id();
	}

	@Test
	void theTenLatestOfAnAccountWait() {
		List<UUID> asked = new ArrayList<>();
		for (int i = 0; i < 13; i++) {
			asked.add(ask());
			this.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(rows()).containsExactlyInAnyOrderElementsOf(asked.subList(3, 13));
	}

	@Test
	void theyLiveTenMinutes() {
		UUID unanswered = ask();
		UUID answered = ask();
		this.store.save(row(answered), null, TokenDigest.of("code-" + answered));
		this.clock.advance(Duration.ofMinutes(9));
		this.store.prune();
		assertThat(rows()).containsExactlyInAnyOrder(unanswered, answered);
		this.clock.advance(Duration.ofMinutes(2));
		this.store.prune();
		assertThat(rows()).as("a code is kept, so that a second use is noticed").containsExactly(answered);
	}

	@Test
	void ofAClientThatDescribedItselfNothingIsKeptUnlessSomebodyAgreed() {
		String idle = describe();
		String agreed = describe();
		this.jdbc.sql("""
				insert into oauth_consent (owner_id, client_id, given_at, scopes)
				select ?, id, now(), 'notes:read' from oauth_client where client_id = ?
				""").params(this.user.id(), agreed).update();
		this.store.pruneDescribedClients();
		for (String table : List.of("oauth_client", "oauth_client_name")) {
			assertThat(this.jdbc.sql("select client_id from " + table + " where client_id in (?, ?)")
				.params(idle, agreed)
				.query(String.class)
				.list()).as(table).containsExactly(agreed);
		}
	}

	private String describe() {
		String address = "https://robot.example/%s.json".formatted(UUID.randomUUID());
		this.jdbc
			.sql("""
					insert into oauth_client (id, client_id, name, grant_types, scopes, redirect_uris, created_at, document_until)
					values (gen_random_uuid(), ?, 'Robot', 'authorization_code', 'notes:read', 'https://robot.example/back',
					    '2020-01-01Z', '2020-01-02Z')
					""")
			.param(address)
			.update();
		return address;
	}

	private UUID ask() {
		UUID id = UUID.randomUUID();
		this.store.save(row(id), TokenDigest.of("state-" + id), null);
		return id;
	}

	private AuthorizationRow row(UUID id) {
		return new AuthorizationRow(id, this.client, this.user.id(), null, Instant.EPOCH, null,
				new AskedRights(Scopes.of("notes:read"), null, null), null, null, "challenge");
	}

	private List<UUID> rows() {
		return this.jdbc.sql("select id from oauth_authorization where owner_id = ?")
			.param(this.user.id())
			.query(UUID.class)
			.list();
	}

}
