package dev.latchkey.scope;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Says which scopes may be given in the open transaction, and keeps those of other
 * services from being removed or retired until it ends.
 */
@Component
public class ScopeAdmission {

	private final ScopeCatalogue catalogue;

	private final Supplier<Map<String, Scope>> held;

	ScopeAdmission(ScopeCatalogue catalogue, ObjectProvider<ResourceScopes> resources) {
		this.catalogue = catalogue;
		this.held = ScopeCatalogue.asked(resources, ResourceScopes::lockForShare);
	}

	/**
	 * Returns which of the candidates a token may be given: scopes of the catalogue that
	 * are not retired, wildcards with at least one such scope under them, and {@code *}.
	 */
	public Predicate<String> of(Collection<@Nullable String> candidates) {
		if (candidates.stream().allMatch((candidate) -> candidate == null || this.catalogue.isOwn(candidate))) {
			return this.catalogue::isOwn;
		}
		Set<String> offered = ScopeCatalogue.offeredOf(this.held.get());
		return (candidate) -> this.catalogue.isOwn(candidate) || ScopeCatalogue.isAmong(offered, candidate);
	}

	/**
	 * Returns those of the scopes that {@link #of} lets through.
	 */
	public Scopes admitted(Scopes candidates) {
		Predicate<String> admitted = of(List.copyOf(candidates.names()));
		return Scopes.of(candidates.names().stream().filter(admitted).toList());
	}

	/**
	 * Returns those of the scopes that a successor keeps: all but what is retired, and a
	 * wildcard while anything under it is not. Unlike {@link #admitted} it also keeps
	 * what the catalogue does not know now, as a scope of this server that is built
	 * without it for a time.
	 */
	public Scopes withoutRetired(Scopes scopes) {
		if (this.catalogue.isOwn(scopes)) {
			return scopes;
		}
		Map<String, Scope> others = this.held.get();
		Set<String> offered = ScopeCatalogue.offeredOf(others);
		return Scopes.of(scopes.names()
			.stream()
			.filter((name) -> this.catalogue.isOwn(name) || !ScopeCatalogue.isAmong(others.keySet(), name)
					|| ScopeCatalogue.isAmong(offered, name))
			.toList());
	}

}
