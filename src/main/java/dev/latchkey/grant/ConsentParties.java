package dev.latchkey.grant;

import java.util.UUID;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.SessionUser;
import dev.latchkey.client.ClientCache;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whom a consent is about: the application that asks and the person who is signed in.
 */
@Component
public class ConsentParties {

	private final ClientCache clients;

	private final UserService users;

	ConsentParties(ClientCache clients, UserService users) {
		this.clients = clients;
		this.users = users;
	}

	/**
	 * Keeps both as they are until the transaction ends, the application first, as
	 * everybody does.
	 * @return whether both are there and may act still
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public boolean lockForShare(UUID client) {
		Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
		return this.clients.lockForShare(client) && signedIn != null
				&& signedIn.getPrincipal() instanceof SessionUser session
				&& this.users.lockForShare(session).isPresent();
	}

}
