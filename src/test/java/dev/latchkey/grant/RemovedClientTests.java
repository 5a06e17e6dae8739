package dev.latchkey.grant;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.latchkey.account.RawPassword;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.client.ClientRemoval;
import dev.latchkey.scope.Scopes;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client gets that another node has just removed, while this one still knows it.
 */
@LatchkeyTest
class RemovedClientTests {

	@Autowired
	private People people;

	@Autowired
	private ClientCache clients;

	@Autowired
	private Apps apps;

	@Autowired
	private ClientRemoval removal;

	@Autowired
	private PasswordFlow passwords;

	@Autowired
	private ClientFlow own;

	@Autowired
	private RefreshFlow refreshes;

	@Autowired
	private TransactionTemplate transactions;

	@Autowired
	private JdbcClient jdbc;

	private User user;

	private Client known;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.known = this.clients.find(this.apps.own(this.user).id()).orElseThrow();
	}

	@Test
	void aPasswordBuysItNothing() {
		removeElsewhere();
		assertThat(this.passwords.signIn(Actor.GUEST, this.known, this.user.email(), new RawPassword(People.PASSWORD),
				all()))
			.isEmpty();
	}

	@Test
	void itGetsNoTokenOfItsOwn() {
		assertThat(this.own.issue(Actor.GUEST, this.known, Scopes.of("notes:read"), null)).isPresent();
		removeElsewhere();
		assertThat(this.own.issue(Actor.GUEST, this.known, Scopes.of("notes:read"), null)).isEmpty();
	}

	@Test
	void itRefreshesNothing() {
		String refresh = this.passwords
			.signIn(Actor.GUEST, this.known, this.user.email(), new RawPassword(People.PASSWORD), all())
			.orElseThrow()
			.refresh()
			.raw()
			.reveal();
		removeElsewhere();
		assertThat(this.refreshes.redeem(Actor.GUEST, this.known, refresh, null, null,
				new RedemptionAttempt(System.nanoTime(), true)))
			.isEmpty();
	}

	@Test
	void aRequestDuringTheRemovalDoesNotBringItBack() {
		String id = this.known.clientId();
		this.transactions.executeWithoutResult((transaction) -> {
			this.removal.remove(this.people.signedIn(this.people.superuser()).actor(), this.known.id());
			assertThat(askElsewhere(id)).as("before the commit").isTrue();
		});
		assertThat(this.clients.find(id)).isEmpty();
	}

	private boolean askElsewhere(String id) {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			return thread.submit(() -> this.clients.find(id).isPresent()).get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			thread.shutdown();
		}
	}

	private void removeElsewhere() {
		this.jdbc.sql("delete from oauth_client where id = ?").param(this.known.id()).update();
	}

	private static Scopes all() {
		return Scopes.of(Scopes.ALL);
	}

}
