package dev.latchkey.testing;

import java.util.List;

import dev.latchkey.client.WantedClient;
import org.jspecify.annotations.Nullable;

/**
 * A client as an administrator asks for it: with a secret and for nothing, unless more is
 * said.
 */
public final class ClientRequest {

	private final String name;

	private @Nullable String clientId;

	private List<String> redirectUris = List.of();

	private List<String> scopes = List.of();

	private List<String> grantTypes = List.of();

	private boolean confidential = true;

	private @Nullable String role;

	private @Nullable String account;

	private @Nullable List<String> audiences;

	private ClientRequest(String name) {
		this.name = name;
	}

	/**
	 * Asks for a client that people know by this name.
	 */
	public static ClientRequest named(String name) {
		return new ClientRequest(name);
	}

	/**
	 * Gives it a client id of its own.
	 */
	public ClientRequest calledBy(String id) {
		this.clientId = id;
		return this;
	}

	/**
	 * Lets browsers be sent back there.
	 */
	public ClientRequest redirectingTo(String... addresses) {
		this.redirectUris = List.of(addresses);
		return this;
	}

	/**
	 * Lets it ask for these scopes.
	 */
	public ClientRequest allowed(String... names) {
		this.scopes = List.of(names);
		return this;
	}

	/**
	 * Lets it come to tokens in these ways.
	 */
	public ClientRequest by(String... types) {
		this.grantTypes = List.of(types);
		return this;
	}

	/**
	 * Takes it for one that can keep no secret.
	 */
	public ClientRequest withoutSecret() {
		this.confidential = false;
		return this;
	}

	/**
	 * Lets people of this role sign in through it by their passwords.
	 */
	public ClientRequest serving(String people) {
		this.role = people;
		return this;
	}

	/**
	 * Lets its own tokens act for the account with this address.
	 */
	public ClientRequest actingFor(String email) {
		this.account = email;
		return this;
	}

	/**
	 * Lets its JWTs be meant for these.
	 */
	public ClientRequest signingFor(String... names) {
		this.audiences = List.of(names);
		return this;
	}

	/**
	 * Returns what is asked for.
	 */
	public WantedClient asked() {
		return new WantedClient(this.clientId, this.name, this.confidential, new WantedClient.Terms(this.grantTypes,
				this.scopes, this.redirectUris, this.audiences, this.role, null), this.account);
	}

}
