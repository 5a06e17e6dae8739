package dev.latchkey.grant;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.scope.ScopeAdmission;
import dev.latchkey.scope.Scopes;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What accounts have agreed to: the table {@code oauth_consent}.
 */
@Component
public class ConsentStore {

	private final JdbcClient jdbc;

	private final ClientCache clients;

	private final ScopeAdmission admission;

	private final ConsentParties parties;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	ConsentStore(JdbcClient jdbc, ClientCache clients, ScopeAdmission admission, ConsentParties parties, Clock clock,
			ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.clients = clients;
		this.admission = admission;
		this.parties = parties;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Keeps what an account agrees to, in place of what it agreed to before. The answer
	 * is an act each time, also if it is the same.
	 * @param by who agrees
	 * @return whether account and application are still there
	 */
	@Transactional
	public boolean save(Actor by, UUID ownerId, UUID clientId, Scopes given) {
		if (!this.parties.lockForShare(clientId)) {
			return false;
		}
		write(by, ownerId, clientId, given);
		return true;
	}

	/**
	 * Keeps what an account agrees to beside what it was not asked about now.
	 * @param by who agrees, whose account is held
	 */
	void add(Actor by, UUID ownerId, UUID clientId, Set<String> asked, Scopes given) {
		Set<String> names = new TreeSet<>(given.names());
		find(ownerId, clientId)
			.ifPresent((before) -> before.names().stream().filter((name) -> !asked.contains(name)).forEach(names::add));
		write(by, ownerId, clientId, Scopes.of(names));
	}

	/** What is removed in the meantime is not agreed to. */
	private void write(Actor by, UUID ownerId, UUID clientId, Scopes agreed) {
		Scopes given = this.admission.admitted(agreed);
		Scopes before = find(ownerId, clientId).orElse(null);
		this.jdbc.sql("""
				insert into oauth_consent (owner_id, client_id, given_at, scopes, document_version)
				select ?, id, ?, ?, document_version from oauth_client where id = ?
				on conflict (owner_id, client_id) do update set given_at = excluded.given_at,
				    scopes = excluded.scopes, document_version = excluded.document_version
				""").params(ownerId, Timestamp.from(this.clock.instant()), given.toString(), clientId).update();
		String name = this.clients.find(clientId).map(Client::clientId).orElseThrow();
		this.events.publishEvent(ConsentActs.given(by, ownerId, name, before, given));
	}

	/**
	 * Finds what an account has agreed to, of a client that describes itself as it did
	 * then.
	 */
	public Optional<Scopes> find(UUID ownerId, UUID clientId) {
		return this.jdbc.sql("""
				select o.scopes from oauth_consent o
				    join oauth_client c on c.id = o.client_id and c.document_version = o.document_version
				where o.owner_id = ? and o.client_id = ?
				""").params(ownerId, clientId).query(String.class).optional().map(Scopes::parse);
	}

	/**
	 * Forgets what an account has agreed to.
	 */
	public void remove(UUID ownerId, UUID clientId) {
		this.jdbc.sql("delete from oauth_consent where owner_id = ? and client_id = ?")
			.params(ownerId, clientId)
			.update();
	}

	/** Takes back all that an account has agreed to, and tells of each. */
	void removeAll(Actor by, UUID ownerId) {
		this.jdbc.sql("""
				delete from oauth_consent o using oauth_client c where c.id = o.client_id and o.owner_id = ?
				returning c.client_id, o.scopes
				""")
			.param(ownerId)
			.query((row, number) -> ConsentActs.withdrawn(by, ownerId, row.getString("client_id"),
					Scopes.parse(row.getString("scopes"))))
			.list()
			.forEach(this.events::publishEvent);
	}

}
