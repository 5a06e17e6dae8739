package dev.latchkey.grant;

import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.client.ClientCache;
import dev.latchkey.limit.NetworkLimits;
import dev.latchkey.limit.NetworkLimits.Door;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.problem.TooManyException;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;

import org.springframework.stereotype.Service;

/**
 * What people answer to devices. Who tries codes that no device shows is stopped soon,
 * whatever network he comes from (RFC 8628 section 5.1).
 */
@Service
class DeviceConsents {

	private final DeviceStore store;

	private final ConsentStore consents;

	private final ClientCache clients;

	private final UserService users;

	private final ConsentQuestion question;

	private final NetworkLimits limits;

	private final Clock clock;

	DeviceConsents(DeviceStore store, ConsentStore consents, ClientCache clients, UserService users,
			ConsentQuestion question, NetworkLimits limits, Clock clock) {
		this.store = store;
		this.consents = consents;
		this.clients = clients;
		this.users = users;
		this.question = question;
		this.limits = limits;
		this.clock = clock;
	}

	/**
	 * Finds the device that shows a code and waits for an answer.
	 * @param ownerId who types it
	 * @throws TooManyException if too many codes were none, from there or by that account
	 */
	Optional<DeviceRow> find(UUID ownerId, String typed) {
		this.limits.requireRoom(Door.USER_CODE, "");
		this.limits.requireRoom(Door.USER_CODE_OF_ACCOUNT, ownerId);
		Optional<DeviceRow> found = UserCode.parse(typed)
			.flatMap((code) -> this.store.findByUserCode(code.digest()))
			.filter((row) -> row.isOpen(this.clock.instant()));
		if (found.isEmpty()) {
			this.limits.count(Door.USER_CODE_OF_ACCOUNT, ownerId);
			this.limits.count(Door.USER_CODE, "");
		}
		return found;
	}

	/**
	 * Lets the device act for whoever agrees, with what is ticked of what it asks for and
	 * his own roles allow.
	 * @param by who agrees
	 * @return what has become of it
	 */
	@RetriedTransaction
	Outcome agree(Actor by, DeviceRow asked, String typed, Collection<String> ticked) {
		UUID ownerId = by.userId();
		if (!this.clients.lockForShare(asked.clientId())) {
			return Outcome.GONE;
		}
		Set<Role> roles = this.users.lockForShare(ownerId).map(User::roles).orElse(Set.of());
		Scopes given = this.question.agreed(asked.rights().wanted(), ticked, roles);
		if (given.names().isEmpty()) {
			return Outcome.NOTHING_GIVEN;
		}
		DeviceRow row = UserCode.parse(typed).flatMap((code) -> this.store.lockByUserCode(code.digest())).orElse(null);
		if (row == null || !row.id().equals(asked.id()) || !row.isOpen(this.clock.instant())) {
			return Outcome.GONE;
		}
		this.consents.add(by, ownerId, row.clientId(), this.question.choices(row.rights().wanted()), given);
		this.store.grant(row.id(), ownerId, given);
		return Outcome.AGREED;
	}

	/** Lets the device hear that nobody agrees. */
	@RetriedTransaction
	void deny(String typed) {
		UserCode.parse(typed)
			.flatMap((code) -> this.store.lockByUserCode(code.digest()))
			.filter((row) -> row.isOpen(this.clock.instant()))
			.ifPresent((row) -> this.store.deny(row.id()));
	}

	/** What becomes of a consent. */
	enum Outcome {

		/** The device may go on. */
		AGREED,

		/** Nothing is ticked that the account may give; the device waits still. */
		NOTHING_GIVEN,

		/** No device waits any more. */
		GONE

	}

}
