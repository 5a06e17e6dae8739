package dev.latchkey.account;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.SessionUser;
import dev.latchkey.caller.User;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import dev.latchkey.value.Texts;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.jpa.repository.query.EscapeCharacter;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes, finds, changes and deletes accounts. Who may do so is the caller's to check,
 * except for the rules about administrators, which stand here.
 * <p>
 * A new password is looked at and hashed before any transaction begins: the one may ask a
 * service elsewhere, the other is slow on purpose, and both would keep a connection from
 * everybody else.
 */
@Service
public class UserService {

	private final AppUserRepository users;

	private final AccountAddresses addresses;

	private final PasswordRules rules;

	private final PasswordHashes hashes;

	private final AdminRules admins;

	private final AccountWrites writes;

	UserService(AppUserRepository users, AccountAddresses addresses, PasswordRules rules, PasswordHashes hashes,
			AdminRules admins, AccountWrites writes) {
		this.users = users;
		this.addresses = addresses;
		this.rules = rules;
		this.hashes = hashes;
		this.admins = admins;
		this.writes = writes;
	}

	/**
	 * Finds an account by its id, which is never given to another one.
	 */
	@Transactional(readOnly = true)
	public Optional<User> find(UUID id) {
		return this.users.findById(id).map(AppUser::toUser);
	}

	/**
	 * Finds an account that is enabled, and keeps it from being disabled or demoted until
	 * the transaction ends.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<User> lockForShare(UUID id) {
		return this.users.lockForShare(id).map(AppUser::toUser).filter(User::enabled);
	}

	/**
	 * Likewise, and waits for everybody who holds it: for what also ends tokens.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<User> lock(UUID id) {
		return this.users.lock(id).map(AppUser::toUser).filter(User::enabled);
	}

	/**
	 * Finds the account that has shown its password, held with others, if that is still
	 * its password: it may have been changed while the slow hash was compared.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<User> lockForShare(ProvenPassword proven) {
		return this.users.lockForShare(proven.user().id())
			.filter((user) -> user.passwordVersion() == proven.version())
			.map(AppUser::toUser)
			.filter(User::enabled);
	}

	/**
	 * Finds the account that signed in to a web session, held with others, as long as it
	 * is enabled and has the password that it signed in with.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Optional<User> lockForShare(SessionUser session) {
		return this.users.lockForShare(session.id())
			.filter((user) -> user.passwordVersion() == session.passwordVersion())
			.map(AppUser::toUser)
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
			.map(AppUser::toUser)
			.filter(User::enabled);
	}

	/**
	 * Finds an account by its address, without regard to case unless several accounts
	 * would be meant.
	 */
	@Transactional(readOnly = true)
	public Optional<User> findByEmail(String email) {
		return this.addresses.find(email).map(AppUser::toUser);
	}

	/**
	 * Finds accounts whose address or name contains the text, by address. They are
	 * counted up to {@link dev.latchkey.value.Totals#COUNTED}.
	 * @param text what to look for; empty finds all
	 * @param page the page, from 0
	 * @param size how many a page has
	 */
	@Transactional(readOnly = true)
	public Page<User> search(String text, int page, int size) {
		String escaped = EscapeCharacter.DEFAULT.escape(Texts.normalize(text));
		return this.users.search("%" + escaped + "%", PageRequest.of(page, size)).map(AppUser::toUser);
	}

	/**
	 * Returns whether somebody who may act administers the server.
	 */
	@Transactional(readOnly = true)
	public boolean isAdministered() {
		return this.users.isAdministered();
	}

	/**
	 * Makes an account.
	 * @param by who makes it
	 * @throws InvalidFieldsException if a field is not acceptable
	 * @throws org.springframework.security.access.AccessDeniedException if only a
	 * superuser may give these roles
	 */
	public User create(Actor by, NewUser wanted) {
		AccountFields fields = fields(wanted);
		this.admins.checkMayMake(by, fields.roles());
		this.writes.requireFree(fields.email());
		RawPassword password = this.rules.check(wanted.password(), fields.email().value(), fields.name());
		return this.writes.create(by, fields, this.hashes.make(password));
	}

	/**
	 * Makes an account while nobody administers the server, and nobody has its address.
	 * @return the account, or empty if there was no need
	 * @throws InvalidFieldsException if a field is not acceptable
	 */
	public Optional<User> createFirst(NewUser wanted) {
		AccountFields fields = AccountFields.of(wanted);
		if (!this.writes.isFirst(fields.email())) {
			return Optional.empty();
		}
		RawPassword password = this.rules.check(wanted.password(), fields.email().value(), fields.name());
		return this.writes.createFirst(fields, this.hashes.make(password));
	}

	/**
	 * Makes an account whose password everybody may know: the demo's, and no other.
	 */
	public User createWithPublicPassword(NewUser wanted) {
		return this.writes.create(Actor.SERVER, AccountFields.of(wanted),
				this.hashes.make(Objects.requireNonNull(wanted.password())));
	}

	/**
	 * Changes an account.
	 * @param by who changes it
	 * @return the account as it is now, or empty if there is none
	 * @throws InvalidFieldsException if a field is not acceptable
	 * @throws LastAdminException if nobody would be left to administer the server
	 * @throws org.springframework.security.access.AccessDeniedException if only a
	 * superuser may change this account, or give these roles
	 */
	public Optional<User> change(Actor by, UUID id, UserChange change) {
		RawPassword password = change.password();
		if (password == null) {
			return this.writes.change(by, id, change, null);
		}
		return this.users.findById(id).map(AppUser::toUser).flatMap((user) -> {
			this.admins.checkMayAsk(by, user, change);
			String name = UserFields.changed(user, change).name();
			return this.writes.change(by, id, change, hash(password, user.email(), name));
		});
	}

	/**
	 * Gives an account a new password, as its owner wants who has just shown the old one.
	 * @param by the owner
	 * @param keepTokens whether applications' grants and personal tokens live on
	 * @return the account, or empty if the password was changed since it was shown
	 * @throws InvalidFieldsException if the new one is not acceptable
	 */
	public Optional<User> changeOwnPassword(Actor by, ProvenPassword proven, RawPassword password, boolean keepTokens) {
		return this.writes.changeOwnPassword(by, proven, hash(password, proven.user().email(), proven.user().name()),
				keepTokens);
	}

	/**
	 * Deletes an account with all that it owns.
	 * @param by who deletes it
	 * @return whether there was such an account
	 * @throws LastAdminException if nobody would be left to administer the server
	 * @throws org.springframework.security.access.AccessDeniedException if only a
	 * superuser may delete this account
	 */
	public boolean delete(Actor by, UUID id) {
		return this.writes.delete(by, id);
	}

	/** Where one is not acceptable, what is wrong with the password is said beside it. */
	private AccountFields fields(NewUser wanted) {
		FieldFaults faults = new FieldFaults();
		AccountFields fields = AccountFields.read(wanted, faults);
		if (!faults.isEmpty()) {
			this.rules.note(wanted.password(), fields, faults);
		}
		faults.throwIfAny();
		return fields;
	}

	private String hash(RawPassword password, String email, String name) {
		return this.hashes.make(this.rules.check(password, email, name));
	}

}
