package dev.latchkey.grant;

import java.util.Optional;

import dev.latchkey.account.PasswordLogin;
import dev.latchkey.account.RawPassword;
import dev.latchkey.caller.Actor;
import dev.latchkey.client.Client;
import dev.latchkey.client.GrantType;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Gives tokens for an account's password to one of our own clients. No transaction is
 * open while the password is hashed.
 */
@Service
class PasswordFlow {

	private final PasswordLogin login;

	private final ScopeCatalogue catalogue;

	private final PasswordTokens tokens;

	private final ApplicationEventPublisher events;

	PasswordFlow(PasswordLogin login, ScopeCatalogue catalogue, PasswordTokens tokens,
			ApplicationEventPublisher events) {
		this.login = login;
		this.catalogue = catalogue;
		this.tokens = tokens;
		this.events = events;
	}

	/**
	 * Gives tokens, or nothing if the password is wrong or the client does not serve such
	 * accounts; the time it takes does not tell whether the account exists.
	 * @param by who asks, with the client
	 * @param scopes what is asked for; all there is means all that the client may have
	 */
	Optional<TokenPair> signIn(Actor by, Client client, String email, RawPassword password, Scopes scopes) {
		Role role = client.servesRole();
		Scopes granted = scopes.covers(Scopes.ALL) ? client.scopes() : scopes;
		if (role == null || !client.may(GrantType.PASSWORD) || !this.catalogue.covers(client.scopes(), granted)) {
			return Optional.empty();
		}
		Scopes offered = Scopes.of(granted.names().stream().filter(this.catalogue::admits).toList());
		if (offered.names().isEmpty()) {
			return Optional.empty();
		}
		return this.login.authenticate(by, email, password, role).flatMap((proven) -> {
			Optional<TokenPair> pair = this.tokens.issue(by, client, proven, offered);
			if (pair.isEmpty()) {
				this.events.publishEvent(proven.refused(by, "changed meanwhile"));
			}
			return pair;
		});
	}

}
