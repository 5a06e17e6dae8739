package dev.latchkey.grant;

import java.util.Optional;
import java.util.UUID;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.IssuedToken;

import org.springframework.stereotype.Service;

/**
 * Gives a client a token of its own, which acts for the account behind the client.
 */
@Service
public class ClientFlow {

	private final ClientCache clients;

	private final UserService users;

	private final FlowTokens tokens;

	ClientFlow(ClientCache clients, UserService users, FlowTokens tokens) {
		this.clients = clients;
		this.users = users;
		this.tokens = tokens;
	}

	/**
	 * Gives a token, or nothing if the client is gone or has no account behind it that
	 * may act. It acts with no higher role than the account had at the registration.
	 * @param by who acts
	 */
	@RetriedTransaction
	public Optional<IssuedToken> issue(Actor by, Client client, Scopes scopes) {
		UUID accountId = client.accountId();
		Role maxRole = client.maxRole();
		if (accountId == null || maxRole == null) {
			return Optional.empty();
		}
		return this.clients.hold(client)
			.flatMap((held) -> this.users.hold(accountId))
			.map((account) -> this.tokens.issueAlone(by, client, account.id(), scopes, maxRole));
	}

}
