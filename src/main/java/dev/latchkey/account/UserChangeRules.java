package dev.latchkey.account;

import dev.latchkey.value.FieldFaults;
import dev.latchkey.web.BodyRules;

import org.springframework.stereotype.Component;

/**
 * What is wrong with the change of an account, beside a field that could not be read. Of
 * a password that is known only with the account.
 */
@Component
class UserChangeRules implements BodyRules<UserChange> {

	@Override
	public Class<UserChange> type() {
		return UserChange.class;
	}

	@Override
	public void note(UserChange change, FieldFaults faults) {
		if (change.name() != null) {
			UserFields.name(change.name(), faults);
		}
		UserFields.roles(change.roles(), faults);
	}

}
