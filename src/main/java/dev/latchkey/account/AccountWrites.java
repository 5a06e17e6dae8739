package dev.latchkey.account;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.account.UserFields.Changed;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Change;
import dev.latchkey.caller.User;
import dev.latchkey.caller.UserEvent;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.Role;
import dev.latchkey.value.EmailAddress;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes accounts, each change in a short transaction of its own: of a new password it
 * gets the hash. Accounts are entities, and everybody else who hears of a change writes
 * tables of his own by SQL: nobody reads there what was changed here. So rows are written
 * at the commit, but for two, where it says why.
 */
@Service
class AccountWrites {

	private final AppUserRepository users;

	private final AccountAddresses addresses;

	private final AdminRules admins;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	AccountWrites(AppUserRepository users, AccountAddresses addresses, AdminRules admins,
			ApplicationEventPublisher events, Clock clock) {
		this.users = users;
		this.addresses = addresses;
		this.admins = admins;
		this.events = events;
		this.clock = clock;
	}

	@Transactional(readOnly = true)
	void requireFree(EmailAddress email) {
		if (this.addresses.isTaken(email)) {
			throw emailTaken();
		}
	}

	@Transactional
	User create(Actor by, AccountFields fields, String passwordHash) {
		this.admins.checkMayMake(by, fields.roles());
		if (this.addresses.isTaken(fields.email())) {
			throw emailTaken();
		}
		AppUser made = new AppUser(fields.email(), fields.name(), passwordHash, fields.roles(), by.tokenId(),
				this.clock.instant());
		try {
			// Now: the index finds who has taken the address meanwhile, and whoever hears
			// of the account writes rows that refer to it.
			this.users.saveAndFlush(made);
		}
		catch (DataIntegrityViolationException ex) {
			throw emailTaken();
		}
		User user = made.toUser();
		this.events.publishEvent(new UserEvent.UserCreated(user));
		publish(by, AuditAction.USER_CREATED, user,
				Change.collect()
					.add("email", null, user.email())
					.add("name", null, user.name())
					.add("roles", null, user.roles()));
		return user;
	}

	@Transactional(readOnly = true)
	boolean isFirst(EmailAddress email) {
		return !this.users.isAdministered() && !this.addresses.isTaken(email);
	}

	/** Of nodes that start at once, each decides after the one before has committed. */
	@Transactional
	Optional<User> createFirst(AccountFields fields, String passwordHash) {
		this.users.lockFirstAdmin();
		return isFirst(fields.email()) ? Optional.of(create(Actor.SERVER, fields, passwordHash)) : Optional.empty();
	}

	@RetriedTransaction
	Optional<User> change(Actor by, UUID id, UserChange change, @Nullable String passwordHash) {
		if (change.roles() != null || Objects.equals(change.enabled(), false)) {
			this.users.takeWithAdmins(id);
		}
		else {
			this.users.take(id);
		}
		Optional<AppUser> found = (passwordHash != null) ? this.users.lock(id) : this.users.findById(id);
		return found.map((user) -> {
			this.admins.checkMayChange(by, user.toUser(), change);
			apply(by, user, change, passwordHash);
			return user.toUser();
		});
	}

	@RetriedTransaction
	Optional<User> changeOwnPassword(Actor by, ProvenPassword proven, String passwordHash, boolean keepTokens) {
		return this.users.lock(proven.user().id())
			.filter((user) -> user.passwordVersion() == proven.version() && user.toUser().enabled())
			.map((user) -> {
				setPassword(by, user, passwordHash, keepTokens);
				return user.toUser();
			});
	}

	@RetriedTransaction
	boolean delete(Actor by, UUID id) {
		this.events.publishEvent(new AccountDeletion(id));
		this.users.takeWithAdmins(id);
		// The row comes before what tokens know of it, which is locked when they end.
		return this.users.lock(id).map((user) -> {
			this.admins.checkMayDelete(by, user.toUser());
			this.events.publishEvent(new UserEvent.UserDeleted(user.toUser()));
			publish(by, AuditAction.USER_DELETED, user.toUser(), Change.collect());
			this.users.delete(user);
			return true;
		}).orElse(false);
	}

	private void apply(Actor by, AppUser user, UserChange change, @Nullable String hash) {
		User before = user.toUser();
		Changed changed = UserFields.changed(before, change);
		String name = changed.name();
		Set<Role> roles = changed.roles();
		if (!name.equals(before.name())) {
			user.rename(name);
			this.events.publishEvent(new UserEvent.UserRenamed(user.toUser()));
			publish(by, AuditAction.USER_RENAMED, before, Change.collect().add("name", before.name(), name));
		}
		if (hash != null) {
			setPassword(by, user, hash, Objects.equals(change.keepTokens(), true));
		}
		if (!before.roles().equals(roles)) {
			user.give(roles);
			this.events.publishEvent(new UserEvent.UserRolesChanged(user.toUser()));
			publish(by, AuditAction.USER_ROLES_CHANGED, before,
					Change.collect().add("roles", before.roles(), user.toUser().roles()));
		}
		if (change.enabled() != null && change.enabled() != before.enabled()) {
			setEnabled(by, user, change.enabled());
		}
	}

	private void setEnabled(Actor by, AppUser user, boolean enabled) {
		if (enabled) {
			user.enable();
			this.events.publishEvent(new UserEvent.UserEnabled(user.toUser()));
			publish(by, AuditAction.USER_ENABLED, user.toUser(), Change.collect().add("enabled", false, true));
		}
		else {
			user.disable();
			// Now: writing locks the account's row, which comes before what tokens know
			// of
			// it, and that is locked when they end.
			this.users.flush();
			this.events.publishEvent(new UserEvent.UserDisabled(user.toUser(), by));
			publish(by, AuditAction.USER_DISABLED, user.toUser(), Change.collect().add("enabled", true, false));
		}
	}

	/**
	 * The account is locked: whoever was making a token or a session with the old
	 * password has finished, or waits and then sees that it is the old one.
	 */
	private void setPassword(Actor by, AppUser user, String hash, boolean keepTokens) {
		user.changePassword(hash);
		this.events
			.publishEvent(new UserEvent.UserPasswordChanged(user.toUser(), by, user.passwordVersion(), keepTokens));
		publish(by, AuditAction.USER_PASSWORD_CHANGED, user.toUser(), Change.collect());
	}

	private void publish(Actor by, AuditAction action, User user, Change.Collector changes) {
		this.events
			.publishEvent(AuditedAct.ofAccount(action, by, user.id()).saying(user.email()).changing(changes.toList()));
	}

	private static InvalidFieldsException emailTaken() {
		return new InvalidFieldsException("email", "is taken by another account");
	}

}
