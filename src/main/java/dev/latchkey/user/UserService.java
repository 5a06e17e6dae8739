package dev.latchkey.user;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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
import org.springframework.security.crypto.password.PasswordEncoder;
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

	private final PasswordEncoder passwords;

	private final AdminRules admins;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	UserService(AppUserRepository users, AccountAddresses addresses, PasswordEncoder passwords, AdminRules admins,
			ApplicationEventPublisher events, Clock clock) {
		this.users = users;
		this.addresses = addresses;
		this.passwords = passwords;
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
	public User create(NewUser wanted, @Nullable User by) {
		EmailAddress email = UserFields.email(wanted.email());
		String name = UserFields.name(wanted.name());
		RawPassword password = UserFields.password(wanted.password());
		Set<Role> roles = UserFields.roles(wanted.roles());
		this.admins.checkMayGive(by, roles);
		if (this.addresses.isTaken(email)) {
			throw emailTaken();
		}
		AppUser made = new AppUser(email, name, encode(password), roles, this.clock.instant());
		try {
			this.users.saveAndFlush(made);
		}
		catch (DataIntegrityViolationException ex) {
			throw emailTaken();
		}
		this.events.publishEvent(new UserEvent.UserCreated(made.view()));
		return made.view();
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
	public Optional<User> change(UUID id, UserChange change, @Nullable User by) {
		return this.users.findById(id).map((user) -> {
			this.admins.checkMayChange(by, user.view(), change);
			apply(user, change);
			this.users.flush();
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
	public boolean delete(UUID id, @Nullable User by) {
		return this.users.findById(id).map((user) -> {
			this.admins.checkMayDelete(by, user.view());
			this.events.publishEvent(new UserEvent.UserDeleted(user.view()));
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
		}
		if (change.password() != null) {
			user.changePassword(encode(UserFields.password(change.password())));
			this.events.publishEvent(new UserEvent.UserPasswordChanged(user.view()));
		}
		if (change.roles() != null && !before.roles().equals(UserFields.roles(change.roles()))) {
			user.give(UserFields.roles(change.roles()));
			this.events.publishEvent(new UserEvent.UserRolesChanged(user.view(), before.roles()));
		}
		if (change.enabled() != null && change.enabled() != before.enabled()) {
			setEnabled(user, change.enabled());
		}
	}

	private void setEnabled(AppUser user, boolean enabled) {
		if (enabled) {
			user.enable();
			this.events.publishEvent(new UserEvent.UserEnabled(user.view()));
		}
		else {
			user.disable();
			// Whoever was making a token for the account has finished, or waits and then
			// sees that it is disabled.
			this.users.flush();
			this.events.publishEvent(new UserEvent.UserDisabled(user.view()));
		}
	}

	private String encode(RawPassword password) {
		return Objects.requireNonNull(this.passwords.encode(password.value()));
	}

	private static UserRejectedException emailTaken() {
		return new UserRejectedException("email", "is taken by another account");
	}

}
