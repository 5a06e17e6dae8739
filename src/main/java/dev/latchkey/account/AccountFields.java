package dev.latchkey.account;

import java.util.Set;

import dev.latchkey.scope.Role;
import dev.latchkey.value.EmailAddress;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;

/**
 * What a new account is made of besides its password, each field acceptable by itself.
 *
 * @param email the address
 * @param name what people call it
 * @param roles its roles
 */
record AccountFields(EmailAddress email, String name, Set<Role> roles) {

	/**
	 * Reads the wish.
	 * @throws InvalidFieldsException with every field that is not acceptable
	 */
	static AccountFields of(NewUser wanted) {
		FieldFaults faults = new FieldFaults();
		AccountFields fields = read(wanted, faults);
		faults.throwIfAny();
		return fields;
	}

	/** Notes what is wrong, and then returns something of no use. */
	static AccountFields read(NewUser wanted, FieldFaults faults) {
		return new AccountFields(UserFields.email(wanted.email(), faults), UserFields.name(wanted.name(), faults),
				UserFields.roles(wanted.roles(), faults));
	}

}
