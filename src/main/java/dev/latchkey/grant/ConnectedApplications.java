package dev.latchkey.grant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.client.ClientCache;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenLives;
import dev.latchkey.token.TokenRevocation;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The applications that act for an account, and the end of it.
 */
@Service
public class ConnectedApplications {

	private static final String LIST = """
			select c.id, c.name, case when c.document_until is not null then c.client_id end as described_at,
			    coalesce(o.given_at, t.since) as since, t.last_used_at,
			    concat_ws(' ', o.scopes, t.scopes) as scopes
			from oauth_client c
			left join oauth_consent o on o.client_id = c.id and o.owner_id = :owner
			    and o.document_version = c.document_version
			left join lateral (
			    select min(created_at) as since, max(last_used_at) as last_used_at, string_agg(scopes, ' ') as scopes
			    from api_token where client_id = c.client_id and owner_id = :owner
			        and (revoked_at is null or revoked_at > :now) and (expires_at is null or expires_at > :now)
			        and (kind <> 'r' or family_began_at > :oldest)
			) t on true
			where o.given_at is not null or t.since is not null
			order by lower(c.name), c.id
			""";

	private final JdbcClient jdbc;

	private final UserService users;

	private final ClientCache clients;

	private final ConsentStore consents;

	private final AuthorizationStore authorizations;

	private final DeviceStore devices;

	private final TokenRevocation revocation;

	private final TokenLives lives;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	ConnectedApplications(JdbcClient jdbc, UserService users, ClientCache clients, ConsentStore consents,
			AuthorizationStore authorizations, DeviceStore devices, TokenRevocation revocation, TokenLives lives,
			ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.users = users;
		this.clients = clients;
		this.consents = consents;
		this.authorizations = authorizations;
		this.devices = devices;
		this.revocation = revocation;
		this.lives = lives;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Returns the applications that act for whoever is calling, by name; none for a
	 * guest.
	 */
	public List<ConnectedApplication> own() {
		return Caller.current().map((caller) -> list(caller.userId())).orElse(List.of());
	}

	/**
	 * Returns the applications that act for an account, by name.
	 */
	public List<ConnectedApplication> list(UUID ownerId) {
		Instant now = this.clock.instant();
		return this.jdbc.sql(LIST)
			.param("owner", ownerId)
			.param("now", Timestamp.from(now))
			.param("oldest", Timestamp.from(this.lives.latestEndedFamily(now)))
			.query((row, number) -> read(row))
			.list();
	}

	/**
	 * Finds one of the applications that act for an account.
	 */
	public Optional<ConnectedApplication> find(UUID ownerId, UUID id) {
		return list(ownerId).stream().filter((application) -> application.id().equals(id)).findFirst();
	}

	/**
	 * Takes the right to act for the account that asks away: from now on nothing that the
	 * application holds works, codes that it has not redeemed included. The account is
	 * taken before all of them, so that a code which is just being redeemed leaves
	 * nothing behind.
	 */
	@RetriedTransaction
	public void withdraw(Actor by, UUID id) {
		UUID ownerId = by.userId();
		this.clients.find(id).ifPresent((client) -> {
			this.users.lock(ownerId);
			find(ownerId, id).ifPresent((application) -> this.events
				.publishEvent(ConsentActs.withdrawn(by, ownerId, client.clientId(), application.scopes())));
			this.consents.remove(ownerId, id);
			this.authorizations.deleteAll(ownerId, id);
			this.devices.deleteAll(ownerId, id);
			this.revocation.revokeHeld(by, ownerId, client.clientId(), RevocationCause.CONSENT_WITHDRAWN);
		});
	}

	private static ConnectedApplication read(ResultSet row) throws SQLException {
		Timestamp lastUsedAt = row.getTimestamp("last_used_at");
		return new ConnectedApplication(row.getObject("id", UUID.class), row.getString("name"),
				row.getString("described_at"), Scopes.parse(row.getString("scopes")),
				row.getTimestamp("since").toInstant(), (lastUsedAt != null) ? lastUsedAt.toInstant() : null);
	}

}
