package dev.latchkey.grant;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.TokenDigest;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The SQL of devices that ask to act for somebody.
 */
@Component
class DeviceStore {

	/** So long a device hears that its code has ended. */
	private static final Duration KEPT = Duration.ofHours(1);

	/** So many devices of a client wait for an answer, the latest. */
	private static final int WAITING = 1000;

	private static final String BY_USER_CODE = """
			select d.* from oauth_device d
			    join oauth_client c on c.id = d.client_id and c.document_version = d.document_version
			where d.user_digest = ?""";

	private final JdbcClient jdbc;

	private final Clock clock;

	DeviceStore(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Makes the row, unless somebody else's device has been given the same user code. */
	boolean insert(UUID clientId, Scopes wanted, @Nullable Resources resources, Instant now, Instant end, int interval,
			TokenDigest device, TokenDigest user) {
		makeRoom(clientId);
		return this.jdbc
			.sql("""
					insert into oauth_device (id, client_id, created_at, expires_at, interval_seconds, device_digest, user_digest,
					    wanted_scopes, resources, document_version)
					values (:id, :client, :now, :end, :interval, :device, :user, :wanted, :resources,
					    (select document_version from oauth_client where id = :client))
					on conflict do nothing
					""")
			.param("id", UUID.randomUUID())
			.param("client", clientId)
			.param("now", Timestamp.from(now))
			.param("end", Timestamp.from(end))
			.param("interval", interval)
			.param("device", device.bytes())
			.param("user", user.bytes())
			.param("wanted", wanted.toString())
			.param("resources", (resources != null) ? resources.toString() : null)
			.update() == 1;
	}

	/**
	 * Finds a device by the code that it shows. One whose client has described itself
	 * otherwise since has to ask again.
	 */
	Optional<DeviceRow> findByUserCode(TokenDigest user) {
		return this.jdbc.sql(BY_USER_CODE).param(user.bytes()).query((row, number) -> DeviceRow.read(row)).optional();
	}

	/** Likewise, and of two answers at once the second sees the first. */
	Optional<DeviceRow> lockByUserCode(TokenDigest user) {
		return this.jdbc.sql(BY_USER_CODE + " for update of d")
			.param(user.bytes())
			.query((row, number) -> DeviceRow.read(row))
			.optional();
	}

	/**
	 * Of two uses of a code at once, the second sees the first. The account is held
	 * before the row, as everywhere.
	 */
	Optional<DeviceRow> lockByDeviceCode(TokenDigest device) {
		return this.jdbc.sql("""
				with owner as materialized (select owner_id from oauth_device where device_digest = :code),
				held as materialized (select hold_account(owner_id) from owner where owner_id is not null)
				select d.* from oauth_device d left join held on true where d.device_digest = :code for update of d
				""").param("code", device.bytes()).query((row, number) -> DeviceRow.read(row)).optional();
	}

	/** Returns whether its client has described itself otherwise since. */
	boolean isOutdated(UUID id) {
		return this.jdbc.sql("""
				select c.document_version <> d.document_version from oauth_device d
				    join oauth_client c on c.id = d.client_id
				where d.id = ?
				""").param(id).query(Boolean.class).single();
	}

	void noteAsked(UUID id, Instant now, int interval) {
		this.jdbc.sql("update oauth_device set asked_at = ?, interval_seconds = ? where id = ?")
			.params(Timestamp.from(now), interval, id)
			.update();
	}

	void grant(UUID id, UUID ownerId, Scopes granted) {
		this.jdbc.sql("update oauth_device set owner_id = ?, granted_scopes = ? where id = ?")
			.params(ownerId, granted.toString(), id)
			.update();
	}

	void deny(UUID id) {
		this.jdbc.sql("update oauth_device set denied = true where id = ?").param(id).update();
	}

	void delete(UUID id) {
		this.jdbc.sql("delete from oauth_device where id = ?").param(id).update();
	}

	/** What an account has agreed to and no device has fetched. */
	void deleteAll(UUID ownerId, UUID clientId) {
		this.jdbc.sql("delete from oauth_device where owner_id = ? and client_id = ?")
			.params(ownerId, clientId)
			.update();
	}

	/** Likewise of all applications. */
	void deleteAll(UUID ownerId) {
		this.jdbc.sql("delete from oauth_device where owner_id = ?").param(ownerId).update();
	}

	private void makeRoom(UUID clientId) {
		this.jdbc.sql("""
				delete from oauth_device where id = any(array(
				    select id from oauth_device where client_id = :client
				    order by created_at desc offset :kept for update skip locked))
				""").param("client", clientId).param("kept", WAITING - 1).update();
	}

	void prune() {
		this.jdbc.sql("""
				delete from oauth_device where id = any(array(
				    select id from oauth_device where expires_at < ? for update skip locked))
				""").param(Timestamp.from(this.clock.instant().minus(KEPT))).update();
	}

}
