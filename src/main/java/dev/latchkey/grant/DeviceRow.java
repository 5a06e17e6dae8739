package dev.latchkey.grant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scopes;
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
 * @param wanted the scopes asked for
 * @param granted the scopes granted, or null
 * @param resources for which services the tokens shall be, or null for those of the
 * scopes
 * @param denied whether somebody has said no
 */
record DeviceRow(UUID id, UUID clientId, @Nullable UUID ownerId, Instant expiresAt, @Nullable Instant askedAt,
		int interval, Scopes wanted, @Nullable Scopes granted, @Nullable Resources resources, boolean denied) {

	static DeviceRow read(ResultSet row) throws SQLException {
		String granted = row.getString("granted_scopes");
		String resources = row.getString("resources");
		Timestamp askedAt = row.getTimestamp("asked_at");
		return new DeviceRow(row.getObject("id", UUID.class), row.getObject("client_id", UUID.class),
				row.getObject("owner_id", UUID.class), row.getTimestamp("expires_at").toInstant(),
				(askedAt != null) ? askedAt.toInstant() : null, row.getInt("interval_seconds"),
				Scopes.parse(row.getString("wanted_scopes")), (granted != null) ? Scopes.parse(granted) : null,
				(resources != null) ? Resources.parse(resources) : null, row.getBoolean("denied"));
	}

	/** Whether somebody may answer still. */
	boolean isOpen(Instant now) {
		return this.granted == null && !this.denied && now.isBefore(this.expiresAt);
	}

}
