package dev.latchkey.user;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Change;
import dev.latchkey.scope.Role;
import dev.latchkey.value.EmailAddress;
import dev.latchkey.value.Texts;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes, finds, changes and deletes accounts. Who may do so is the caller's to check,
 * except for the rules about administrators, which stand here.
 */
@Service
public class UserService {

	private final AppUserRepository users;

	private final AccountAddresses addresses;

	private final PasswordRules rules;

	private final PasswordHashes hashes;

	private final AdminRules admins;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	UserService(AppUserRepository users, AccountAddresses addresses, PasswordRules rules, PasswordHashes hashes,
			AdminRules admins, ApplicationEventPublisher events, Clock clock) {
		this.users = users;
		this.addresses = addresses;
		this.rules = rules;
		this.hashes = hashes;
		this.admins = admins;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Finds an account by its id.
	 */
	@Transactional(readOnly = true)
	public Optional<User> find(UUID id) {
		return this.users.findById(id).map(AppUser::view);
	}

	/**
	 * Finds an account that is enabled, and keeps it from being disabled or demoted until
	 * the transaction ends.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<User> hold(UUID id) {
		return this.users.share(id).map(AppUser::view).filter(User::enabled);
	}

	/**
	 * Likewise, and waits for everybody who holds it: for what also ends tokens.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<User> holdAlone(UUID id) {
		return this.users.lock(id).map(AppUser::view).filter(User::enabled);
	}

	/**
	 * Finds the account that has shown its password, held with others, if that is still
	 * its password: it may have been changed while the slow hash was compared.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<User> hold(ProvenPassword proven) {
		return this.users.share(proven.user().id())
			.filter((user) -> user.passwordVersion() == proven.version())
			.map(AppUser::view)
			.filter(User::enabled);
	}

	/**
	 * Finds the account that signed in to a web session, as long as it is enabled and has
	 * the password that it signed in with.
	 */
	@Transactional(readOnly = true)
	public Optional<User> find(SessionUser session) {
		return this.users.findById(session.id())
			.filter((user) -> user.passwordVersion() == session.passwordVersion())
			.map(AppUser::view)
			.filter(User::enabled);
	}

	/**
	 * Finds an account by its address, without regard to case unless several accounts
	 * would be meant.
	 */
	@Transactional(readOnly = true)
	public Optional<User> findByEmail(String email) {
		return this.addresses.find(email).map(AppUser::view);
	}

	/**
	 * Finds accounts whose address or name contains the text, by address.
	 * @param text what to look for; empty finds all
	 * @param page the page, from 0
	 * @param size how many a page has
	 */
	@Transactional(readOnly = true)
	public Page<User> search(String text, int page, int size) {
		String escaped = Texts.normalize(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
		return this.users.search("%" + escaped + "%", PageRequest.of(page, size)).map(AppUser::view);
	}

	/**
	 * Makes an account.
	 * @param by who makes it, or null for the server's own first ones
	 * @throws UserRejectedException if a field is not acceptable
	 * @throws org.springframework.security.access.AccessDeniedException if only a
	 * superuser may give these roles
	 */
	@Transactional
	public User create(NewUser wanted, @Nullable Caller by) {
		return create(wanted, by, true);
	}

	/**
	 * Makes an account whose password everybody may know: the demo's, and no other.
	 */
	@Transactional
	public User createWithPublicPassword(NewUser wanted) {
		return create(wanted, null, false);
	}

	private User create(NewUser wanted, @Nullable Caller by, boolean asksPassword) {
		EmailAddress email = UserFields.email(wanted.email());
		String name = UserFields.name(wanted.name());
		Set<Role> roles = UserFields.roles(wanted.roles());
		this.admins.checkMayMake(by, roles);
		if (this.addresses.isTaken(email)) {
			throw emailTaken();
		}
		RawPassword password = asksPassword ? this.rules.check(wanted.password(), email.value(), name)
				: Objects.requireNonNull(wanted.password());
		AppUser made = new AppUser(email, name, this.hashes.make(password), roles, tokenOf(by), this.clock.instant());
		try {
			this.users.saveAndFlush(made);
		}
		catch (DataIntegrityViolationException ex) {
			throw emailTaken();
		}
		User user = made.view();
		this.events.publishEvent(new UserEvent.UserCreated(user));
		tell(AuditAction.USER_CREATED, user,
				Change.collect()
					.add("email", null, user.email())
					.add("name", null, user.name())
					.add("roles", null, user.roles()));
		return user;
	}

	/**
	 * Changes an account.
	 * @param by who changes it, or null for the server itself
	 * @return the account as it is now, or empty if there is none
	 * @throws UserRejectedException if a field is not acceptable
	 * @throws LastAdminException if nobody would be left to administer the server
	 * @throws org.springframework.security.access.AccessDeniedException if only a
	 * superuser may change this account, or give these roles
	 */
	@Retryable(includes = ConcurrencyFailureException.class, delay = 20, jitter = 20)
	@Transactional
	public Optional<User> change(UUID id, UserChange change, @Nullable Caller by) {
		this.users.take(id);
		Optional<AppUser> found = (change.password() != null) ? this.users.lock(id) : this.users.findById(id);
		return found.map((user) -> {
			this.admins.checkMayChange(by, user.view(), change);
			apply(user, change);
			this.users.flush();
			return user.view();
		});
	}

	/**
	 * Gives an account a new password, as its owner wants who has just shown the old one.
	 * @param keepTokens whether applications' grants and personal tokens live on
	 * @return the account, or empty if the password was changed since it was shown
	 * @throws UserRejectedException if the new one is not acceptable
	 */
	@Retryable(includes = ConcurrencyFailureException.class, delay = 20, jitter = 20)
	@Transactional
	public Optional<User> changeOwnPassword(ProvenPassword proven, RawPassword password, boolean keepTokens) {
		return this.users.lock(proven.user().id())
			.filter((user) -> user.passwordVersion() == proven.version() && user.view().enabled())
			.map((user) -> {
				setPassword(user, password, keepTokens);
				return user.view();
			});
	}

	/**
	 * Deletes an account with all that it owns.
	 * @param by who deletes it, or null for the server itself
	 * @return whether there was such an account
	 * @throws LastAdminException if nobody would be left to administer the server
	 * @throws org.springframework.security.access.AccessDeniedException if only a
	 * superuser may delete this account
	 */
	@Retryable(includes = ConcurrencyFailureException.class, delay = 20, jitter = 20)
	@Transactional
	public boolean delete(UUID id, @Nullable Caller by) {
		this.users.take(id);
		return this.users.findById(id).map((user) -> {
			this.admins.checkMayDelete(by, user.view());
			this.events.publishEvent(new UserEvent.UserDeleted(user.view()));
			tell(AuditAction.USER_DELETED, user.view(), Change.collect());
			this.users.delete(user);
			this.users.flush();
			return true;
		}).orElse(false);
	}

	private void apply(AppUser user, UserChange change) {
		User before = user.view();
		String name = (change.name() != null) ? UserFields.name(change.name()) : before.name();
		if (!name.equals(before.name())) {
			user.rename(name);
			this.events.publishEvent(new UserEvent.UserRenamed(user.view()));
			tell(AuditAction.USER_RENAMED, before, Change.collect().add("name", before.name(), name));
		}
		if (change.password() != null) {
			setPassword(user, change.password(), Objects.equals(change.keepTokens(), true));
		}
		if (change.roles() != null && !before.roles().equals(UserFields.roles(change.roles()))) {
			user.give(UserFields.roles(change.roles()));
			this.events.publishEvent(new UserEvent.UserRolesChanged(user.view()));
			tell(AuditAction.USER_ROLES_CHANGED, before,
					Change.collect().add("roles", before.roles(), user.view().roles()));
		}
		if (change.enabled() != null && change.enabled() != before.enabled()) {
			setEnabled(user, change.enabled());
		}
	}

	private void setEnabled(AppUser user, boolean enabled) {
		if (enabled) {
			user.enable();
			this.events.publishEvent(new UserEvent.UserEnabled(user.view()));
			tell(AuditAction.USER_ENABLED, user.view(), Change.collect().add("enabled", false, true));
		}
		else {
			user.disable();
			// Whoever was making a token for the account has finished, or waits and then
			// sees that it is disabled.
			this.users.flush();
			this.events.publishEvent(new UserEvent.UserDisabled(user.view()));
			tell(AuditAction.USER_DISABLED, user.view(), Change.collect().add("enabled", true, false));
		}
	}

	/**
	 * The account is locked: whoever was making a token or a session with the old
	 * password has finished, or waits and then sees that it is the old one.
	 */
	private void setPassword(AppUser user, RawPassword password, boolean keepTokens) {
		User account = user.view();
		user.changePassword(this.hashes.make(this.rules.check(password, account.email(), account.name())));
		this.users.flush();
		this.events.publishEvent(new UserEvent.UserPasswordChanged(account, user.passwordVersion(), keepTokens));
		tell(AuditAction.USER_PASSWORD_CHANGED, account, Change.collect());
	}

	private void tell(AuditAction action, User user, Change.Collector changes) {
		this.events.publishEvent(AuditedAct.of(action, user.id(), null, user.email()).changing(changes.toList()));
	}

	private static @Nullable UUID tokenOf(@Nullable Caller by) {
		return (by != null) ? by.currentToken().map(CurrentToken::id).orElse(null) : null;
	}

	private static UserRejectedException emailTaken() {
		return new UserRejectedException("email", "is taken by another account");
	}

}
