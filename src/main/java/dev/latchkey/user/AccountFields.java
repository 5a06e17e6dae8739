package dev.latchkey.user;

import java.util.Set;

import dev.latchkey.scope.Role;
import dev.latchkey.value.EmailAddress;

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
	 * @throws UserRejectedException if a field is not acceptable
	 */
	static AccountFields of(NewUser wanted) {
		return new AccountFields(UserFields.email(wanted.email()), UserFields.name(wanted.name()),
				UserFields.roles(wanted.roles()));
	}

}
