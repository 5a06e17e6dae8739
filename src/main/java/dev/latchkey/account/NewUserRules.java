package dev.latchkey.account;

import dev.latchkey.value.FieldFaults;
import dev.latchkey.web.BodyRules;

import org.springframework.stereotype.Component;

/**
 * What is wrong with the wish for an account, beside a field that could not be read.
 */
@Component
class NewUserRules implements BodyRules<NewUser> {

	private final PasswordRules passwords;

	NewUserRules(PasswordRules passwords) {
		this.passwords = passwords;
	}

	@Override
	public Class<NewUser> type() {
		return NewUser.class;
	}

	@Override
	public void note(NewUser wanted, FieldFaults faults) {
		this.passwords.note(wanted.password(), AccountFields.read(wanted, faults), faults);
	}

}
