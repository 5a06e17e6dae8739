package dev.latchkey.grant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A device that asks to act for somebody, at rest.
 *
 * @param id the request
 * @param clientId the registration of the client that asks
 * @param ownerId the account that has answered, or null
 * @param expiresAt when its codes end
 * @param askedAt when the device last asked whether there is an answer, or null
 * @param interval how many seconds it has to wait until it asks again
 * @param rights what is asked for, and what was granted
 * @param denied whether somebody has said no
 */
record DeviceRow(UUID id, UUID clientId, @Nullable UUID ownerId, Instant expiresAt, @Nullable Instant askedAt,
		int interval, AskedRights rights, boolean denied) {

	static DeviceRow read(ResultSet row) throws SQLException {
		Timestamp askedAt = row.getTimestamp("asked_at");
		return new DeviceRow(row.getObject("id", UUID.class), row.getObject("client_id", UUID.class),
				row.getObject("owner_id", UUID.class), row.getTimestamp("expires_at").toInstant(),
				(askedAt != null) ? askedAt.toInstant() : null, row.getInt("interval_seconds"), AskedRights.read(row),
				row.getBoolean("denied"));
	}

	/** Whether somebody may answer still. */
	boolean isOpen(Instant now) {
		return this.rights.granted() == null && !this.denied && now.isBefore(this.expiresAt);
	}

}
