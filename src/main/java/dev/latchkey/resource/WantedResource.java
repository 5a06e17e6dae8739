package dev.latchkey.resource;

import java.time.Instant;
import java.util.List;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What a resource is to be, as somebody asked for it.
 *
 * @param address an absolute URI without fragment
 * @param scopes all the scopes that it is to have, in their order
 */
record WantedResource(@Nullable String address, @Nullable List<WantedScope> scopes) {

	/**
	 * One of the scopes.
	 *
	 * @param name begins with what no other resource's scopes begin with
	 * @param description what it allows, in a few words for the person who ticks it
	 * @param role the lowest role whose holders may use it; null is the same as USER
	 * @param retiredAt from when on nobody has it; once it is set, nobody is given it
	 */
	record WantedScope(@Nullable String name, @Nullable String description, @Nullable Role role,
			@Nullable Instant retiredAt) {

		static WantedScope of(Scope scope) {
			return new WantedScope(scope.name(), scope.description(), scope.role(), scope.retiredAt());
		}

	}

}
