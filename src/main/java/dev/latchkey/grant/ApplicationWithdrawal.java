package dev.latchkey.grant;

import java.util.UUID;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.client.ClientCache;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenRevocation;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Ends what an application may do for an account.
 */
@Service
public class ApplicationWithdrawal {

	private final ClientCache clients;

	private final UserService users;

	private final ConnectedApplications applications;

	private final ConsentStore consents;

	private final UnredeemedCodes codes;

	private final TokenRevocation revocation;

	private final ApplicationEventPublisher events;

	ApplicationWithdrawal(ClientCache clients, UserService users, ConnectedApplications applications,
			ConsentStore consents, UnredeemedCodes codes, TokenRevocation revocation,
			ApplicationEventPublisher events) {
		this.clients = clients;
		this.users = users;
		this.applications = applications;
		this.consents = consents;
		this.codes = codes;
		this.revocation = revocation;
		this.events = events;
	}

	/**
	 * Takes the right to act for the account that asks away: from now on nothing that the
	 * application holds works, codes that it has not redeemed included. The account is
	 * taken before all of them, so that a code which is just being redeemed leaves
	 * nothing behind.
	 */
	@RetriedTransaction
	public void withdraw(Actor by, UUID id) {
		UUID ownerId = by.userId();
		this.clients.find(id).ifPresent((client) -> {
			this.users.lock(ownerId);
			this.applications.find(ownerId, id)
				.ifPresent((application) -> this.events
					.publishEvent(ConsentActs.withdrawn(by, ownerId, client.clientId(), application.scopes())));
			this.consents.remove(ownerId, id);
			this.codes.end(ownerId, id);
			this.revocation.revokeHeld(by, ownerId, client.clientId(), RevocationCause.CONSENT_WITHDRAWN);
		});
	}

}
