package dev.latchkey.account;

import java.util.Optional;

import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.User;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.util.function.SingletonSupplier;

/**
 * Checks an address and a password, in the same time whether or not the account exists.
 */
@Service
public class PasswordLogin {

	private final AppUserRepository users;

	private final AccountAddresses addresses;

	private final PasswordHashes hashes;

	private final ApplicationEventPublisher events;

	/**
	 * Compared with where there is no account, so that this costs the same. Made by the
	 * first login, whoever it is of: a hash is too slow for the start-up.
	 */
	private final SingletonSupplier<String> nobody;

	PasswordLogin(AppUserRepository users, AccountAddresses addresses, PasswordHashes hashes,
			ApplicationEventPublisher events) {
		this.users = users;
		this.addresses = addresses;
		this.hashes = hashes;
		this.events = events;
		this.nobody = SingletonSupplier.of(() -> hashes.make(new RawPassword("nobody has this password")));
	}

	/**
	 * Returns the account if the password is its own and it is enabled. There is no
	 * transaction around it: the slow hash would keep a connection from everybody else.
	 * Whoever makes something of it asks {@link UserService#hold(ProvenPassword)} first.
	 */
	public Optional<ProvenPassword> authenticate(String email, RawPassword password) {
		String otherwise = this.nobody.obtain();
		Optional<AppUser> found = this.addresses.find(email);
		boolean matches = this.hashes.matches(password, found.map(AppUser::passwordHash).orElse(otherwise));
		if (found.isEmpty()) {
			this.events.publishEvent(AuditedAct.of(AuditAction.LOGIN_FAILED, null, null, "unknown account"));
			return Optional.empty();
		}
		User user = found.get().view();
		if (!matches || !user.enabled()) {
			this.events.publishEvent(failed(user, matches ? "disabled" : "bad credentials"));
			return Optional.empty();
		}
		renew(found.get(), password);
		return Optional.of(new ProvenPassword(user, found.get().passwordVersion()));
	}

	/** An address that is nobody's is left out: people type passwords into that field. */
	static AuditedAct failed(User user, String reason) {
		return AuditedAct.of(AuditAction.LOGIN_FAILED, user.id(), null, "%s: %s".formatted(user.email(), reason));
	}

	private void renew(AppUser user, RawPassword password) {
		if (this.hashes.isOutdated(user.passwordHash())) {
			this.users.replaceHash(user.view().id(), user.passwordHash(), this.hashes.make(password));
		}
	}

}
