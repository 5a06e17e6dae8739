package dev.latchkey.scope;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
	 * Returns those of the scopes that a new token is made with, a successor too: all but
	 * what is retired. A wildcard over something retired would bring it along, so that
	 * what else is under it stands in its place. Unlike {@link #admitted} it also keeps
	 * what the catalogue does not know now, as a scope of this server that is built
	 * without it for a time.
	 */
	public Scopes withoutRetired(Scopes scopes) {
		return withoutRetired(List.copyOf(scopes.names())).apply(scopes);
	}

	/**
	 * Returns how {@link #withoutRetired(Scopes)} sees all that are made of these names,
	 * which asks once.
	 */
	public UnaryOperator<Scopes> withoutRetired(Collection<@Nullable String> names) {
		if (names.stream().allMatch((name) -> name == null || this.catalogue.isOwn(name))) {
			return UnaryOperator.identity();
		}
		Map<String, Scope> others = this.held.get();
		Set<String> offered = ScopeCatalogue.offeredOf(others);
		return (scopes) -> Scopes
			.of(scopes.names().stream().flatMap((name) -> stillGiven(name, others, offered)).toList());
	}

	private Stream<String> stillGiven(String name, Map<String, Scope> others, Set<String> offered) {
		Scopes one = Scopes.of(name);
		if (this.catalogue.isOwn(name)
				|| others.keySet().stream().filter(one::coversByName).allMatch(offered::contains)) {
			return Stream.of(name);
		}
		return offered.stream().filter(one::coversByName);
	}

}
