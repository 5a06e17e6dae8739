package dev.latchkey.testing;

import java.util.Set;

import dev.latchkey.account.RawPassword;
import dev.latchkey.account.UserChange;
import dev.latchkey.scope.Role;

/**
 * Changes of accounts, each of one thing alone.
 */
public final class UserChanges {

	private UserChanges() {
	}

	public static UserChange ofRoles(Set<Role> roles) {
		return new UserChange(null, roles, null, null, null);
	}

	public static UserChange ofEnabled(boolean enabled) {
		return new UserChange(null, null, enabled, null, null);
	}

	public static UserChange ofPassword(RawPassword password) {
		return new UserChange(null, null, null, password, null);
	}

}
