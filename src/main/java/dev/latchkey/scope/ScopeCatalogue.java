package dev.latchkey.scope;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Knows every scope there is: the one source for pages, documents and validation.
 */
@Component
public class ScopeCatalogue {

	private final Map<String, Scope> byName;

	ScopeCatalogue(List<Scope> scopes) {
		Map<String, Scope> collected = new LinkedHashMap<>();
		for (Scope scope : scopes) {
			if (collected.put(scope.name(), scope) != null) {
				throw new IllegalStateException("The scope '%s' is declared twice".formatted(scope.name()));
			}
		}
		this.byName = Collections.unmodifiableMap(collected);
	}

	/**
	 * Returns all scopes in the order in which the features declare them.
	 */
	public Collection<Scope> all() {
		return this.byName.values();
	}

	/**
	 * Returns whether a token may bear this: a scope of the catalogue, a wildcard with at
	 * least one scope under it, or {@code *}.
	 */
	public boolean admits(String candidate) {
		if (this.byName.containsKey(candidate) || Scopes.ALL.equals(candidate)) {
			return true;
		}
		if (!candidate.endsWith(":*")) {
			return false;
		}
		String stem = candidate.substring(0, candidate.length() - 1);
		return this.byName.keySet().stream().anyMatch((name) -> name.startsWith(stem));
	}

	/**
	 * Returns whether a token may bear all of these.
	 */
	public boolean admits(Scopes candidates) {
		return candidates.names().stream().allMatch(this::admits);
	}

	/**
	 * Returns whether one of the roles allows the scope; never for an unknown scope.
	 */
	public boolean allows(Collection<Role> roles, String scope) {
		Scope known = this.byName.get(scope);
		return known != null && Role.anyIncludes(roles, known.role());
	}

	/**
	 * Returns what may be done with these scopes by somebody with these roles: plain
	 * names of the catalogue, wildcards resolved.
	 */
	public Set<String> effective(Scopes scopes, Collection<Role> roles) {
		Set<String> rights = new LinkedHashSet<>();
		for (Scope scope : this.byName.values()) {
			if (scopes.covers(scope.name()) && Role.anyIncludes(roles, scope.role())) {
				rights.add(scope.name());
			}
		}
		return Set.copyOf(rights);
	}

	/**
	 * Returns the names of all scopes that these cover, wildcards resolved.
	 */
	public Set<String> covered(Scopes scopes) {
		return this.byName.keySet().stream().filter(scopes::covers).collect(Collectors.toUnmodifiableSet());
	}

	@Nullable Scope find(String name) {
		return this.byName.get(name);
	}

}
