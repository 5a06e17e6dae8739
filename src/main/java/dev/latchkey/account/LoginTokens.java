package dev.latchkey.account;

import dev.latchkey.caller.Actor;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.NewToken;
import dev.latchkey.token.TokenIssuer;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes tokens for those who have just shown their password.
 */
@Service
public class LoginTokens {

	private final UserService users;

	private final TokenIssuer issuer;

	private final ApplicationEventPublisher events;

	LoginTokens(UserService users, TokenIssuer issuer, ApplicationEventPublisher events) {
		this.users = users;
		this.issuer = issuer;
		this.events = events;
	}

	/**
	 * Makes a personal access token. It is the password that makes it, and no credential
	 * that the request carries beside.
	 * @param by who has shown the password
	 * @throws AccessDeniedException if the account has been disabled since then, or the
	 * password changed
	 * @throws dev.latchkey.value.InvalidFieldsException with every field that is not
	 * acceptable
	 */
	@Transactional
	public IssuedToken issue(Actor by, ProvenPassword proven, NewToken wanted) {
		if (this.users.lockForShare(proven).isEmpty()) {
			throw new AccessDeniedException("The password is not the account's any more");
		}
		this.events.publishEvent(proven.succeeded(by));
		return this.issuer.issue(by.as(proven.user().id(), proven.user().email()).with(null), wanted);
	}

}
