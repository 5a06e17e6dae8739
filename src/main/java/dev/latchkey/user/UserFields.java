package dev.latchkey.user;

import java.util.Set;

import dev.latchkey.scope.Role;
import dev.latchkey.value.EmailAddress;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Names;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of an account may hold.
 */
final class UserFields {

	private UserFields() {
	}

	static EmailAddress email(@Nullable String given) {
		try {
			return EmailAddress.parse(given);
		}
		catch (InvalidValueException ex) {
			throw new UserRejectedException("email", ex.rule());
		}
	}

	static String name(@Nullable String given) {
		try {
			return Names.parse(given);
		}
		catch (InvalidValueException ex) {
			throw new UserRejectedException("name", ex.rule());
		}
	}

	static Set<Role> roles(@Nullable Set<Role> given) {
		if (given == null) {
			return Set.of(Role.USER);
		}
		if (given.isEmpty()) {
			throw new UserRejectedException("roles", "must name at least one role");
		}
		return Set.copyOf(given);
	}

}
