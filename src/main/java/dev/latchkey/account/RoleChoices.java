package dev.latchkey.account;

import java.util.Arrays;
import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;

/**
 * Offers the roles that somebody may give: only a superuser makes administrators.
 */
final class RoleChoices {

	private RoleChoices() {
	}

	static List<Role> of(User giver) {
		boolean all = Role.anyIncludes(giver.roles(), Role.SUPERUSER);
		return Arrays.stream(Role.values()).filter((role) -> all || !role.includes(Role.ADMIN)).toList();
	}

}
