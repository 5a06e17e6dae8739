package dev.latchkey.client;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.value.Totals;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The clients that describe themselves and stay away, since an administrator has removed
 * them: the table {@code oauth_client_removed}. A client that somebody has registered
 * needs no such row: nobody but an administrator brings it back, under another name.
 */
@Component
class RemovedClients {

	private final JdbcClient jdbc;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	RemovedClients(JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.events = events;
		this.clock = clock;
	}

	/** Keeps a client away that is being removed, if it could come by itself. */
	@Transactional(propagation = Propagation.MANDATORY)
	void add(Client client) {
		if (DocumentAddress.isOne(client.clientId())) {
			this.jdbc.sql("""
					insert into oauth_client_removed (id, client_id, name, removed_at) values (?, ?, ?, ?)
					on conflict (client_id) do nothing
					""")
				.params(client.id(), client.clientId(), client.name(), Timestamp.from(this.clock.instant()))
				.update();
		}
	}

	/** Whether a client stays away. */
	boolean contains(String clientId) {
		return this.jdbc.sql("select 1 from oauth_client_removed where client_id = ?")
			.param(clientId)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/** The latest first. */
	List<RemovedClient> list(int offset, int limit) {
		return this.jdbc.sql("select * from oauth_client_removed order by removed_at desc, id offset ? limit ?")
			.params(offset, limit)
			.query((row, number) -> read(row))
			.list();
	}

	/** Counts up to {@link Totals#COUNTED}. */
	long count() {
		return this.jdbc.sql("select count(*) from (select from oauth_client_removed limit ?) counted")
			.param(Totals.COUNTED)
			.query(Long.class)
			.single();
	}

	/**
	 * Lets a client come again. It has nothing of what it had.
	 * @param by who lets it
	 * @return whether it stayed away
	 */
	@Transactional
	boolean readmit(Actor by, UUID id) {
		return this.jdbc.sql("delete from oauth_client_removed where id = ? returning *")
			.param(id)
			.query((row, number) -> read(row))
			.optional()
			.map((client) -> {
				this.events.publishEvent(ClientActs.readmitted(by, client));
				return true;
			})
			.orElse(false);
	}

	private static RemovedClient read(ResultSet row) throws SQLException {
		return new RemovedClient(row.getObject("id", UUID.class), row.getString("client_id"), row.getString("name"),
				row.getTimestamp("removed_at").toInstant());
	}

}
