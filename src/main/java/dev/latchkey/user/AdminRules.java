package dev.latchkey.user;

import java.util.Collection;
import java.util.Objects;

import dev.latchkey.scope.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/**
 * Keeps administrators from being made by other than superusers, and the last one from
 * disappearing.
 */
@Component
class AdminRules {

	private final AppUserRepository users;

	AdminRules(AppUserRepository users) {
		this.users = users;
	}

	void checkMayGive(@Nullable User by, Collection<Role> roles) {
		if (by != null && Role.anyIncludes(roles, Role.ADMIN) && !isSuperuser(by)) {
			throw new AccessDeniedException("Only a superuser makes administrators");
		}
	}

	void checkMayChange(@Nullable User by, User user, UserChange change) {
		boolean demotes = change.roles() != null && !Role.anyIncludes(change.roles(), Role.ADMIN);
		boolean disables = Objects.equals(change.enabled(), false);
		if (demotes || disables) {
			checkNotLast(user);
		}
		boolean onlySelf = by != null && by.id().equals(user.id()) && change.roles() == null;
		if (!onlySelf) {
			checkMayTouch(by, user);
		}
		if (change.roles() != null && !change.roles().equals(user.roles())) {
			checkMayGive(by, change.roles());
		}
	}

	void checkMayDelete(@Nullable User by, User user) {
		checkNotLast(user);
		checkMayTouch(by, user);
	}

	/** An administrator who could reset a superuser's password would be one. */
	private static void checkMayTouch(@Nullable User by, User user) {
		if (by != null && user.isAdmin() && !isSuperuser(by)) {
			throw new AccessDeniedException("Only a superuser changes administrators");
		}
	}

	private void checkNotLast(User user) {
		if (!user.isAdmin() || !user.enabled()) {
			return;
		}
		boolean another = this.users.lockEnabledAdmins()
			.stream()
			.map(AppUser::view)
			.anyMatch((admin) -> !admin.id().equals(user.id()));
		if (!another) {
			throw new LastAdminException();
		}
	}

	private static boolean isSuperuser(User user) {
		return Role.anyIncludes(user.roles(), Role.SUPERUSER);
	}

}
