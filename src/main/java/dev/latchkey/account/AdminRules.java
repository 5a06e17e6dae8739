package dev.latchkey.account;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;

import org.springframework.stereotype.Component;

/**
 * Decides who may change which account, and keeps the last administrator and the last
 * superuser from disappearing.
 */
@Component
class AdminRules {

	/**
	 * Without the one nobody administers, without the other nobody makes those who do.
	 */
	private static final List<Role> NEEDED = List.of(Role.ADMIN, Role.SUPERUSER);

	private final AppUserRepository users;

	private final GivingRules giving;

	AdminRules(AppUserRepository users, GivingRules giving) {
		this.users = users;
		this.giving = giving;
	}

	void checkMayMake(Actor by, Collection<Role> roles) {
		this.giving.requireMayGive(by, roles, Set.of());
		this.giving.requireMaySetPassword(by, null);
	}

	void checkMayChange(Actor by, User user, UserChange change) {
		checkMayAsk(by, user, change);
		boolean disabled = Objects.equals(change.enabled(), false);
		checkNotLast(user, disabled ? Set.of() : (change.roles() != null) ? change.roles() : user.roles());
	}

	/**
	 * Lets pass who may do this, whatever would be left; again where the account is
	 * locked.
	 */
	void checkMayAsk(Actor by, User user, UserChange change) {
		boolean onlySelf = user.id().equals(by.accountId()) && change.roles() == null;
		if (!onlySelf) {
			this.giving.requireMayChange(by, user);
		}
		if (change.roles() != null && !change.roles().equals(user.roles())) {
			this.giving.requireMayGive(by, change.roles(), user.roles());
		}
		if (change.password() != null) {
			this.giving.requireMaySetPassword(by, user);
		}
		if (Objects.equals(change.enabled(), true) && !user.enabled()) {
			this.giving.requireMayEnable(by);
		}
	}

	void checkMayDelete(Actor by, User user) {
		this.giving.requireMayChange(by, user);
		checkNotLast(user, Set.of());
	}

	/**
	 * All that administer are locked, so that of two who would each leave the other as
	 * the last one, the second sees what the first has done.
	 */
	private void checkNotLast(User user, Set<Role> rolesLeft) {
		List<Role> lost = NEEDED.stream()
			.filter((role) -> user.enabled() && Role.anyIncludes(user.roles(), role)
					&& !Role.anyIncludes(rolesLeft, role))
			.toList();
		if (lost.isEmpty()) {
			return;
		}
		List<User> others = this.users.lockEnabledAdmins()
			.stream()
			.map(AppUser::toUser)
			.filter((admin) -> !admin.id().equals(user.id()))
			.toList();
		for (Role role : lost) {
			if (others.stream().noneMatch((admin) -> Role.anyIncludes(admin.roles(), role))) {
				throw new LastAdminException(role);
			}
		}
	}

}
