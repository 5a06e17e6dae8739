package dev.latchkey.oauth;

/**
 * What happened to a client, told inside the transaction in which it happens.
 */
public sealed interface ClientEvent {

	/**
	 * Returns the client.
	 */
	Client client();

	/** The client was registered. */
	record ClientRegistered(Client client) implements ClientEvent {
	}

	/** The client got another secret; the one before is refused. */
	record ClientSecretReplaced(Client client) implements ClientEvent {
	}

	/** The client is refused from now on, since the token that made it has leaked. */
	record ClientDisabled(Client client) implements ClientEvent {
	}

	/** The client is gone, and all that it held has ended. */
	record ClientRemoved(Client client) implements ClientEvent {
	}

}
