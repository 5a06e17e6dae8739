package dev.latchkey.oauth;

import java.util.Optional;

import dev.latchkey.scope.Scopes;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.user.UserService;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives a client a token of its own, which acts for the account behind the client.
 */
@Service
class ClientFlow {

	private final Clients clients;

	private final UserService users;

	private final FlowTokens tokens;

	ClientFlow(Clients clients, UserService users, FlowTokens tokens) {
		this.clients = clients;
		this.users = users;
		this.tokens = tokens;
	}

	/**
	 * Gives a token, or nothing if the client is gone or has no account behind it that
	 * may act.
	 */
	@Transactional
	Optional<IssuedToken> issue(Client client, Scopes scopes) {
		return this.clients.hold(client)
			.map(Client::accountId)
			.flatMap(this.users::hold)
			.map((account) -> this.tokens.issueAlone(client, account.id(), scopes));
	}

}
