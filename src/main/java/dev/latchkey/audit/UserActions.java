package dev.latchkey.audit;

import dev.latchkey.user.UserEvent;

/**
 * What the audit calls the changes of accounts.
 */
final class UserActions {

	private UserActions() {
	}

	static String of(UserEvent event) {
		if (event instanceof UserEvent.UserCreated) {
			return "user.created";
		}
		if (event instanceof UserEvent.UserDeleted) {
			return "user.deleted";
		}
		if (event instanceof UserEvent.UserDisabled) {
			return "user.disabled";
		}
		if (event instanceof UserEvent.UserEnabled) {
			return "user.enabled";
		}
		if (event instanceof UserEvent.UserRolesChanged) {
			return "user.roles_changed";
		}
		return (event instanceof UserEvent.UserPasswordChanged) ? "user.password_changed" : "user.renamed";
	}

	static String detail(UserEvent event) {
		return (event instanceof UserEvent.UserRolesChanged changed)
				? "%s, %s before".formatted(event.user().roles(), changed.before()) : event.user().email();
	}

}
