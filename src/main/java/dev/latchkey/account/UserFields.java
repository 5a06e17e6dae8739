package dev.latchkey.account;

import java.util.Set;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.value.EmailAddress;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Names;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of an account may hold. Each reader notes what is wrong, and then
 * returns something of no use.
 */
final class UserFields {

	private static final EmailAddress NOBODY = EmailAddress.parse("nobody@invalid");

	private UserFields() {
	}

	static EmailAddress email(@Nullable String given, FieldFaults faults) {
		try {
			return EmailAddress.parse(given);
		}
		catch (InvalidValueException ex) {
			faults.add("email", ex.rule());
			return NOBODY;
		}
	}

	static String name(@Nullable String given, FieldFaults faults) {
		try {
			return Names.parse(given);
		}
		catch (InvalidValueException ex) {
			faults.add("name", ex.rule());
			return "";
		}
	}

	static Set<Role> roles(@Nullable Set<Role> given, FieldFaults faults) {
		if (given == null) {
			return Set.of(Role.USER);
		}
		if (given.isEmpty()) {
			faults.add("roles", "must name at least one role");
		}
		return Set.copyOf(given);
	}

	/**
	 * Reads name and roles as they will be.
	 * @throws InvalidFieldsException with every one that is not acceptable
	 */
	static Changed changed(User before, UserChange change) {
		FieldFaults faults = new FieldFaults();
		Changed changed = new Changed((change.name() != null) ? name(change.name(), faults) : before.name(),
				(change.roles() != null) ? roles(change.roles(), faults) : before.roles());
		faults.throwIfAny();
		return changed;
	}

	/**
	 * What an account is called after a change, and which roles it has.
	 */
	record Changed(String name, Set<Role> roles) {

	}

}
