package dev.latchkey.testing;

import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.scope.Role;

/**
 * Registers OAuth clients for tests. Apps of our own sign people in by their passwords
 * (contract 5.4).
 */
public class Apps {

	private final ClientRegistrations registrations;

	private final People people;

	private final Http http;

	Apps(ClientRegistrations registrations, People people, Http http) {
		this.registrations = registrations;
		this.people = people;
		this.http = http;
	}

	/**
	 * Registers an app of our own for users, which itself acts for this account.
	 */
	public App own(User account) {
		return own(account, Role.USER);
	}

	/**
	 * Registers an app of our own for people of this role, which itself acts for this
	 * account.
	 */
	public App own(User account, Role role) {
		String id = "app-" + UUID.randomUUID();
		return own(id, "secret-" + id, account, role);
	}

	/**
	 * Registers an app of our own with this id and secret, in place of one that has the
	 * id.
	 */
	public App own(String id, String secret, User account, Role role) {
		this.registrations.registerOwn(id, new ClientSecret(secret), role, account.id());
		return new App(this.http, id, secret);
	}

	/**
	 * Registers a client, as an administrator would.
	 */
	public RegisteredSecret register(ClientRequest request) {
		return this.registrations.register(this.people.signedIn(this.people.admin()).actor(), request.asked());
	}

	/**
	 * Returns what speaks as a client that was registered.
	 */
	public App of(RegisteredSecret registered) {
		return new App(this.http, registered.client().clientId(), registered.secret().value());
	}

}
