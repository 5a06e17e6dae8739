package dev.latchkey.oauth;

import java.util.UUID;

import dev.latchkey.user.SessionUser;
import dev.latchkey.user.UserService;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whom a consent is about: the application that asks and the person who is signed in.
 */
@Component
class ConsentParties {

	private final ClientStore clients;

	private final UserService users;

	ConsentParties(ClientStore clients, UserService users) {
		this.clients = clients;
		this.users = users;
	}

	/**
	 * Keeps both as they are until the transaction ends, the application first, as
	 * everybody does.
	 * @throws OAuth2AuthorizationCodeRequestAuthenticationException if one of them has
	 * gone since the request began, or may not act any more
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	void hold(UUID client) {
		Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
		if (!this.clients.share(client) || signedIn == null || !(signedIn.getPrincipal() instanceof SessionUser session)
				|| this.users.hold(session).isEmpty()) {
			throw new OAuth2AuthorizationCodeRequestAuthenticationException(
					new OAuth2Error(OAuth2ErrorCodes.ACCESS_DENIED,
							"The account or the application has changed meanwhile.", null),
					null);
		}
	}

}
