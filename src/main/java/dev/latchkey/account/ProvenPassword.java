package dev.latchkey.account;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.User;

/**
 * An account whose password has just been checked, with the version of that password.
 * What is made on the strength of it is made only while that version is the current one.
 * Whether it was a sign-in is for whoever makes something of it to tell the audit.
 *
 * @param user the account
 * @param version how often the password had been changed
 */
public record ProvenPassword(User user, int version) {

	/**
	 * Tells that it led to a session or to a token.
	 * @param by who has shown the password
	 */
	public AuditedAct succeeded(Actor by) {
		return AuditedAct.ofAccount(AuditAction.LOGIN_SUCCEEDED, by.as(this.user.id(), this.user.email()),
				this.user.id());
	}

	/**
	 * Tells that it led to nothing.
	 * @param by who has shown the password
	 * @param reason why
	 */
	public AuditedAct refused(Actor by, String reason) {
		return PasswordLogin.failed(by, this.user, reason);
	}

}
