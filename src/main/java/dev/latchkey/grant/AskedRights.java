package dev.latchkey.grant;

import java.sql.ResultSet;
import java.sql.SQLException;

import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * The rights that an application asks an account for, and those that it was granted.
 *
 * @param wanted the scopes asked for
 * @param granted the scopes granted, or null while the account is asked
 * @param resources for which services the tokens shall be, or null for those of the
 * scopes
 */
public record AskedRights(Scopes wanted, @Nullable Scopes granted, @Nullable Resources resources) {

	static AskedRights read(ResultSet row) throws SQLException {
		String granted = row.getString("granted_scopes");
		String resources = row.getString("resources");
		return new AskedRights(Scopes.parse(row.getString("wanted_scopes")),
				(granted != null) ? Scopes.parse(granted) : null,
				(resources != null) ? Resources.parse(resources) : null);
	}

}
