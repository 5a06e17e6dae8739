package dev.latchkey.resource;

import java.time.Instant;
import java.util.List;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A resource as the API shows it.
 */
record ResourceBody(String name, String address, List<ResourceScopeBody> scopes, boolean managedBySettings) {

	static ResourceBody of(Resource resource) {
		return new ResourceBody(resource.name(), resource.address(),
				resource.scopes().stream().map(ResourceScopeBody::of).toList(), resource.managedBySettings());
	}

	/** One of its scopes. */
	record ResourceScopeBody(String name, String description, Role role, @Nullable Instant retiredAt) {

		static ResourceScopeBody of(Scope scope) {
			return new ResourceScopeBody(scope.name(), scope.description(), scope.role(), scope.retiredAt());
		}

	}

}
