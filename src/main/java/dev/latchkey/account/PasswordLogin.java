package dev.latchkey.account;

import java.util.Optional;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.User;
import dev.latchkey.caller.UserEvent;
import dev.latchkey.limit.SignInAttempt;
import dev.latchkey.limit.SignInLimits;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.problem.UnavailableException;
import dev.latchkey.scope.Role;
import org.jspecify.annotations.Nullable;

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

	private final SignInLimits limits;

	private final ApplicationEventPublisher events;

	/**
	 * Compared with where there is no account, so that this costs the same. Made by the
	 * first login, whoever it is of: a hash is too slow for the start-up.
	 */
	private final SingletonSupplier<String> nobody;

	PasswordLogin(AppUserRepository users, AccountAddresses addresses, PasswordHashes hashes, SignInLimits limits,
			ApplicationEventPublisher events) {
		this.users = users;
		this.addresses = addresses;
		this.hashes = hashes;
		this.limits = limits;
		this.events = events;
		this.nobody = SingletonSupplier.of(() -> hashes.make(new RawPassword("nobody has this password")));
	}

	/**
	 * Returns the account if the password is its own and it is enabled. There is no
	 * transaction around it: the slow hash would keep a connection from everybody else.
	 * Whoever makes something of it asks {@link UserService#lockForShare(ProvenPassword)}
	 * first.
	 * @param by who shows the password
	 * @throws TooManyException if too many attempts have failed
	 * @throws dev.latchkey.problem.UnavailableException if too many are under way
	 */
	public Optional<ProvenPassword> authenticate(Actor by, String email, RawPassword password) {
		return check(by, email, password, null);
	}

	/**
	 * Returns the account likewise, if it has a role, too: without it the right password
	 * is refused as a wrong one is, and counts as one.
	 */
	public Optional<ProvenPassword> authenticate(Actor by, String email, RawPassword password, Role role) {
		return check(by, email, password, role);
	}

	private Optional<ProvenPassword> check(Actor by, String email, RawPassword password, @Nullable Role role) {
		String otherwise = this.nobody.obtain();
		try (SignInAttempt attempt = this.limits.begin(AccountAddresses.keyOf(email))) {
			Optional<AppUser> found = this.addresses.find(email);
			boolean matches = this.hashes.matches(password, found.map(AppUser::passwordHash).orElse(otherwise));
			Optional<ProvenPassword> proven = found.filter((user) -> isWelcome(by, user.toUser(), matches, role))
				.map((user) -> new ProvenPassword(user.toUser(), user.passwordVersion()));
			if (proven.isEmpty()) {
				attempt.failed();
				if (found.isEmpty()) {
					this.events.publishEvent(AuditedAct.of(AuditAction.LOGIN_FAILED, by).saying("unknown account"));
				}
				return proven;
			}
			AppUser user = found.get();
			attempt.succeeded(() -> this.events.publishEvent(new UserEvent.UserSignedInElsewhere(user.toUser(), by)));
			renew(user, password);
			return proven;
		}
		catch (TooManyException ex) {
			this.events.publishEvent(AuditedAct.of(AuditAction.LOGIN_FAILED, by).saying("too many failures"));
			throw ex;
		}
	}

	private boolean isWelcome(Actor by, User user, boolean matches, @Nullable Role role) {
		String fault = null;
		if (!matches) {
			fault = "bad credentials";
		}
		else if (!user.enabled()) {
			fault = "disabled";
		}
		else if (role != null && !Role.anyIncludes(user.roles(), role)) {
			fault = "not served by this client";
		}
		if (fault != null) {
			this.events.publishEvent(failed(by, user, fault));
		}
		return fault == null;
	}

	/** An address that is nobody's is left out: people type passwords into that field. */
	static AuditedAct failed(Actor by, User user, String reason) {
		return AuditedAct.ofAccount(AuditAction.LOGIN_FAILED, by, user.id())
			.saying("%s: %s".formatted(user.email(), reason));
	}

	private void renew(AppUser user, RawPassword password) {
		if (!this.hashes.isOutdated(user.passwordHash())) {
			return;
		}
		try {
			this.users.replaceHash(user.toUser().id(), user.passwordHash(), this.hashes.make(password));
		}
		catch (UnavailableException ex) {
			// Every place for hashing is taken: the next sign-in renews it.
		}
	}

}
