package dev.latchkey.resource;

import java.util.List;
import java.util.Optional;

import dev.latchkey.scope.Scope;

/**
 * A service behind this server.
 *
 * @param name what it is called, in scopes and in questions
 * @param address where it is: {@code resource} of RFC 8707, {@code aud} of its tokens
 * @param managedBySettings whether the settings declare it, so that nobody else changes
 * it
 * @param scopes its scopes, those that are retired too, in their order
 */
public record Resource(String name, String address, boolean managedBySettings, List<Scope> scopes) {

	public Resource {
		scopes = List.copyOf(scopes);
	}

	/**
	 * Finds one of its scopes.
	 */
	Optional<Scope> scope(String scopeName) {
		return this.scopes.stream().filter((scope) -> scope.name().equals(scopeName)).findFirst();
	}

}
