package dev.latchkey.caller;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import dev.latchkey.scope.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The one place that answers whether a caller may give a right, by this act and now. No
 * act gives more than the actor has: every act that makes or widens a credential or a
 * right asks here first. What a token may hand on to another token is compared where both
 * are locked, in the package of tokens.
 * <p>
 * The server itself may give anything. Of whoever else acts, what the caller may do
 * counts, and who is no caller gives nothing.
 */
@Component
public class GivingRules {

	private final Clock clock;

	private final GivingProperties properties;

	GivingRules(Clock clock, GivingProperties properties) {
		this.clock = clock;
		this.properties = properties;
	}

	/**
	 * Returns whether the caller has signed in a short time ago. Who calls with a token
	 * has shown it just now.
	 */
	public boolean isRecent(Caller by) {
		return by.signedInAt() == null || isRecent(by.signedInAt());
	}

	/**
	 * Returns whether a sign-in at that time was a short time ago.
	 */
	public boolean isRecent(Instant signedInAt) {
		return this.clock.instant().isBefore(signedInAt.plus(this.properties.reauthenticateAfter()));
	}

	/**
	 * Lets pass what gives a right only shortly after the sign-in.
	 * @throws SignInTooOldException if a web session is too old for it
	 */
	public void requireRecent(Actor by) {
		Caller caller = callerOrServer(by);
		if (caller != null && !isRecent(caller)) {
			throw new SignInTooOldException();
		}
	}

	/**
	 * Lets pass who may give these roles: to give one, one needs a role that allows it. A
	 * role outlives the token that gave it, so that a token that is itself confined gives
	 * none.
	 * @param held what the account has already
	 * @throws GivingDeniedException if the caller may not
	 */
	public void requireMayGive(Actor by, Collection<Role> roles, Collection<Role> held) {
		requireRecent(by);
		Caller caller = callerOrServer(by);
		if (isConfined(caller) && !Role.highest(held).includes(Role.highest(roles))) {
			throw new GivingDeniedException(
					"A token that is bound to networks or was made with a token gives no role.");
		}
		if (caller != null && Role.anyIncludes(roles, Role.ADMIN) && !isSuperuser(caller)) {
			throw new GivingDeniedException("Only a superuser makes administrators.");
		}
	}

	/**
	 * Lets pass who may enable an account, which outlives the token that did it.
	 * @throws GivingDeniedException if the caller may not
	 */
	public void requireMayEnable(Actor by) {
		requireRecent(by);
		if (isConfined(callerOrServer(by))) {
			throw new GivingDeniedException(
					"A token that is bound to networks or was made with a token enables no account.");
		}
	}

	/**
	 * Lets pass who may set a password. A password opens everything that its account may
	 * do, from everywhere and for good, so that a token that is itself confined sets
	 * none. That of one's own account is set where the old one is asked for.
	 * @param of whose it is, or null for a new account's
	 * @throws GivingDeniedException if the caller may not
	 */
	public void requireMaySetPassword(Actor by, @Nullable User of) {
		requireRecent(by);
		Caller caller = callerOrServer(by);
		if (isConfined(caller)) {
			throw new GivingDeniedException(
					"A token that is bound to networks or was made with a token sets no password.");
		}
		if (caller != null && of != null && of.id().equals(caller.userId())) {
			throw new GivingDeniedException(
					(caller.token() != null) ? "A token does not set the password of its own account."
							: "You set your own password at /account, where the old one is asked for.");
		}
	}

	/**
	 * Lets pass who may change somebody's account.
	 * @throws GivingDeniedException if only a superuser may
	 */
	public void requireMayChange(Actor by, User user) {
		Caller caller = callerOrServer(by);
		if (caller != null && user.isAdmin() && !isSuperuser(caller)) {
			throw new GivingDeniedException("Only a superuser changes administrators.");
		}
	}

	/**
	 * Lets pass who may give a suspended token back to its holders. With it they get what
	 * its owner's roles allow.
	 * @param ownerId whose it is
	 * @param roles the owner's
	 * @throws GivingDeniedException if only a superuser may
	 */
	public void requireMayResume(Actor by, UUID ownerId, Collection<Role> roles) {
		requireRecent(by);
		Caller caller = callerOrServer(by);
		if (caller != null && !ownerId.equals(caller.userId()) && Role.anyIncludes(roles, Role.ADMIN)
				&& !isSuperuser(caller)) {
			throw new GivingDeniedException("Only a superuser resumes tokens of administrators.");
		}
	}

	/**
	 * Lets pass who may register a client, which outlives the token that made it.
	 * @throws GivingDeniedException if the caller may not
	 */
	public void requireMayRegister(Actor by) {
		requireRecent(by);
		if (isConfined(caller(by))) {
			throw new GivingDeniedException(
					"A token that is bound to networks or was made with a token registers no client.");
		}
	}

	/**
	 * Lets pass who may take in tokens of another system. Whoever does may give anybody's
	 * rights to whoever holds them, as one may who makes administrators, and they outlive
	 * the token that brought them.
	 * @throws GivingDeniedException if the caller may not
	 */
	public void requireMayImport(Actor by) {
		requireRecent(by);
		Caller caller = callerOrServer(by);
		if (isConfined(caller)) {
			throw new GivingDeniedException(
					"A token that is bound to networks or was made with a token takes no tokens in.");
		}
		if (caller != null && !isSuperuser(caller)) {
			throw new GivingDeniedException("Only a superuser imports tokens of another system.");
		}
	}

	/**
	 * Returns whether the caller may have a client act for this account: it is the
	 * caller's own, or its role is lower. Not even a superuser has one act for another.
	 */
	public boolean mayActFor(Actor by, User account) {
		Caller caller = caller(by);
		return account.id().equals(caller.userId()) || isLower(Role.highest(account.roles()), caller);
	}

	/**
	 * Returns the highest role that a client may act with by the caller's doing: no
	 * higher than the caller's, nor than the account's at this time.
	 */
	public Role limit(Actor by, User account) {
		return Role.highest(Role.atMost(Role.highest(caller(by).user().roles()), account.roles()));
	}

	/**
	 * Lets pass who may act on a client. It counts as the higher of what its account is
	 * today and what it may act as: the account may be that again tomorrow. A client of
	 * which one of the two is not known is a superuser's matter.
	 * @param account whom the client acts for, or null if that account is gone
	 * @param limit the highest role that the client acts with, or null if that is not
	 * known
	 * @throws GivingDeniedException if the caller may not
	 */
	public void requireMayActOn(Actor by, @Nullable User account, @Nullable Role limit) {
		Caller caller = caller(by);
		boolean own = account != null && account.id().equals(caller.userId());
		boolean lower = account != null && limit != null && isLower(limit, caller)
				&& isLower(Role.highest(account.roles()), caller);
		if (!own && !lower && !isSuperuser(caller)) {
			throw new GivingDeniedException("Only a superuser acts on a client of an account whose role is not lower.");
		}
	}

	/**
	 * Lets pass who may come into possession of a client's secret.
	 * @param account whom the client acts for, or null if that account is gone
	 * @param limit the highest role that the client acts with, or null if that is not
	 * known
	 * @param beyond what the client may ask for and the caller could not give it
	 * @throws GivingDeniedException if the caller may not
	 */
	public void requireMayReplaceSecret(Actor by, @Nullable User account, @Nullable Role limit, Set<String> beyond) {
		requireMayRegister(by);
		requireMayActOn(by, account, limit);
		if (!beyond.isEmpty()) {
			throw new GivingDeniedException("The scopes of the client go beyond those of this call.");
		}
	}

	/**
	 * Returns those of the scopes that the caller does not have and thus cannot give.
	 */
	public Set<String> beyond(Actor by, Set<String> scopes) {
		Set<String> beyond = new TreeSet<>(scopes);
		beyond.removeAll(caller(by).rights());
		return beyond;
	}

	/** The one whose rights count, or null where the server itself acts. */
	private static @Nullable Caller callerOrServer(Actor by) {
		return (by.kind() == Actor.Kind.SERVER) ? null : caller(by);
	}

	private static Caller caller(Actor by) {
		if (by.caller() == null) {
			throw new GivingDeniedException("Nobody is known who could give this.");
		}
		return by.caller();
	}

	private static boolean isLower(Role role, Caller than) {
		return role.compareTo(Role.highest(than.user().roles())) < 0;
	}

	private static boolean isConfined(@Nullable Caller by) {
		return by != null && by.token() != null && by.token().confined();
	}

	private static boolean isSuperuser(Caller by) {
		return Role.anyIncludes(by.user().roles(), Role.SUPERUSER);
	}

}
