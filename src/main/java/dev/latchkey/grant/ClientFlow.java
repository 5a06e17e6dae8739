package dev.latchkey.grant;

import java.util.Optional;
import java.util.UUID;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.client.Client;
import dev.latchkey.client.ClientCache;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.IssuedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/**
 * Gives a client a token of its own, which acts for the account behind the client.
 */
@Service
public class ClientFlow {

	private final ClientCache clients;

	private final UserService users;

	private final ResourceTargets targets;

	private final FlowTokens tokens;

	ClientFlow(ClientCache clients, UserService users, ResourceTargets targets, FlowTokens tokens) {
		this.clients = clients;
		this.users = users;
		this.targets = targets;
		this.tokens = tokens;
	}

	/**
	 * Gives a token, or nothing if the client is gone or has no account behind it that
	 * may act. It acts with no higher role than the account had at the registration.
	 * @param by who acts
	 * @param target at which services it shall be one, or null for those of its scopes
	 * @throws OAuthException if these are not of its scopes
	 */
	@RetriedTransaction
	public Optional<IssuedToken> issue(Actor by, Client client, Scopes scopes, @Nullable Resources target) {
		UUID accountId = client.accountId();
		Role maxRole = client.maxRole();
		if (accountId == null || maxRole == null) {
			return Optional.empty();
		}
		Resources resources = ResourceTargets.within(this.targets.of(scopes), target);
		return this.clients.lockForShare(client)
			.flatMap((held) -> this.users.lockForShare(accountId))
			.map((account) -> this.tokens.issueAlone(by, client, account.id(), new Granted(scopes, resources),
					maxRole));
	}

}
