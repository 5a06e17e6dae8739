package dev.latchkey.api;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.latchkey.scope.Public;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The catalogue of scopes.
 */
@RestController
class ScopeController {

	private final ScopeCatalogue catalogue;

	ScopeController(ScopeCatalogue catalogue) {
		this.catalogue = catalogue;
	}

	@Public
	@GetMapping("/api/scopes")
	Map<String, List<ScopeBody>> scopes() {
		return Map.of("items", this.catalogue.offered()
			.stream()
			.map((scope) -> new ScopeBody(scope.name(), scope.description(), scope.role().andAbove(), scope.resource()))
			.toList());
	}

	/**
	 * One scope, with every role whose holders may use it and the service whose it is,
	 * null for this server.
	 */
	record ScopeBody(String name, String description, Set<Role> roles, @Nullable String resource) {

	}

}
