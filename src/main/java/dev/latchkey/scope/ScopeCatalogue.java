package dev.latchkey.scope;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Knows every scope there is, and what it stands for: the one source for pages, documents
 * and validation. What a token may be given that is just being made,
 * {@link ScopeAdmission} says.
 * <p>
 * Those of this server are fixed when it starts. Those of other services may change at
 * any time; what asks for them may find that the database is away, which is not so of
 * what says that it looks at this server's alone.
 */
@Component
public class ScopeCatalogue {

	private final Map<String, Scope> own;

	private final Supplier<Map<String, Scope>> others;

	@Autowired
	ScopeCatalogue(List<Scope> scopes, ObjectProvider<ResourceScopes> resources) {
		this(scopes, asked(resources, ResourceScopes::byName));
	}

	ScopeCatalogue(List<Scope> scopes, Supplier<Map<String, Scope>> others) {
		Map<String, Scope> collected = new LinkedHashMap<>();
		for (Scope scope : scopes) {
			if (collected.put(scope.name(), scope) != null) {
				throw new IllegalStateException("The scope '%s' is declared twice".formatted(scope.name()));
			}
		}
		this.own = Collections.unmodifiableMap(collected);
		this.others = others;
	}

	static Supplier<Map<String, Scope>> asked(ObjectProvider<ResourceScopes> resources,
			Function<ResourceScopes, Map<String, Scope>> question) {
		return () -> {
			ResourceScopes known = resources.getIfAvailable();
			return (known != null) ? question.apply(known) : Map.of();
		};
	}

	/**
	 * Returns all scopes: this server's in the order in which the features declare them,
	 * then those of each resource.
	 */
	public List<Scope> all() {
		return Stream.concat(this.own.values().stream(), this.others.get().values().stream()).toList();
	}

	/**
	 * Returns those that may still be given.
	 */
	public List<Scope> offered() {
		return all().stream().filter((scope) -> scope.retiredAt() == null).toList();
	}

	/**
	 * Returns the scopes of this server alone.
	 */
	public Collection<Scope> own() {
		return this.own.values();
	}

	/**
	 * Returns the scopes of other services by name; the same map as long as nothing
	 * changes.
	 */
	public Map<String, Scope> others() {
		return this.others.get();
	}

	/**
	 * Returns the scope of that name, or null where there is none.
	 */
	public @Nullable Scope find(String name) {
		Scope scope = this.own.get(name);
		return (scope != null) ? scope : this.others.get().get(name);
	}

	/** Of this server's alone. */
	@Nullable Scope findOwn(String name) {
		return this.own.get(name);
	}

	/**
	 * Returns whether this is {@code *}, a scope of this server, or a wildcard over some.
	 */
	public boolean isOwn(String name) {
		return Scopes.ALL.equals(name) || isAmong(this.own.keySet(), name);
	}

	/**
	 * Returns whether all of these are of this server.
	 */
	public boolean isOwn(Scopes scopes) {
		return scopes.names().stream().allMatch(this::isOwn);
	}

	/**
	 * Returns the name of the resource whose scope, or whose wildcard, this is:
	 * {@link Scope#THIS_SERVER} for an own one, and null where nobody has such a scope.
	 */
	public @Nullable String resourceOf(String name) {
		if (isOwn(name)) {
			return Scope.THIS_SERVER;
		}
		Scopes scopes = Scopes.of(name);
		return this.others.get()
			.values()
			.stream()
			.filter((scope) -> scopes.coversByName(scope.name()))
			.map(Scope::resourceName)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Returns the names of all resources that have scopes, this server's among them.
	 */
	public SortedSet<String> resources() {
		SortedSet<String> names = new TreeSet<>(Set.of(Scope.THIS_SERVER));
		this.others.get().values().forEach((scope) -> names.add(scope.resourceName()));
		return names;
	}

	/**
	 * Returns the names of the resources whose scopes these are, in order.
	 */
	public SortedSet<String> resourcesOf(Scopes scopes) {
		SortedSet<String> resources = new TreeSet<>();
		for (String name : scopes.names()) {
			String resource = resourceOf(name);
			if (resource != null) {
				resources.add(resource);
			}
		}
		return resources;
	}

	/**
	 * Returns whether a token may be given this: a scope of the catalogue that is not
	 * retired, a wildcard with at least one such scope under it, or {@code *}.
	 */
	public boolean admits(String candidate) {
		return isOwn(candidate) || isAmong(offeredOf(this.others.get()), candidate);
	}

	/** The names of those that may still be given. */
	static Set<String> offeredOf(Map<String, Scope> scopes) {
		return scopes.values()
			.stream()
			.filter((scope) -> scope.retiredAt() == null)
			.map(Scope::name)
			.collect(Collectors.toSet());
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
		Scope known = find(scope);
		return known != null && Role.anyIncludes(roles, known.role());
	}

	/**
	 * Returns whether one of the roles would allow something of this scope of another
	 * service, or of what is under this wildcard, were that not retired by now.
	 */
	public boolean wouldAllow(Collection<Role> roles, String name, Instant now) {
		Scopes scopes = Scopes.of(name);
		return this.others.get()
			.values()
			.stream()
			.anyMatch((scope) -> scope.isRetiredAt(now) && scopes.coversByName(scope.name())
					&& Role.anyIncludes(roles, scope.role()));
	}

	/**
	 * Returns whether who holds these may hand on the wanted one, itself a name or a
	 * wildcard: {@code *} covers what is this server's alone.
	 */
	public boolean covers(Scopes held, String wanted) {
		return held.coversByName(wanted) || (held.names().contains(Scopes.ALL) && isOwn(wanted));
	}

	/**
	 * Returns whether who holds these may hand on all of the others.
	 */
	public boolean covers(Scopes held, Scopes wanted) {
		return wanted.names().stream().allMatch((name) -> covers(held, name));
	}

	/**
	 * Returns what both of these include.
	 */
	public Scopes within(Scopes wanted, Scopes limit) {
		if (covers(limit, wanted)) {
			return wanted;
		}
		return Scopes.of(
				Stream
					.concat(wanted.names().stream().filter((name) -> covers(limit, name)),
							limit.names().stream().filter((name) -> covers(wanted, name)))
					.toList());
	}

	/**
	 * Returns what may be done at this server with these scopes by somebody with these
	 * roles: plain names, wildcards resolved.
	 */
	public Set<String> effective(Scopes scopes, Collection<Role> roles) {
		Set<String> rights = new LinkedHashSet<>();
		for (Scope scope : this.own.values()) {
			if (scopes.covers(scope.name()) && Role.anyIncludes(roles, scope.role())) {
				rights.add(scope.name());
			}
		}
		return Set.copyOf(rights);
	}

	/**
	 * Returns what may be done with these scopes by somebody with these roles at these
	 * resources and now: plain names of the catalogue, wildcards resolved. {@code *}
	 * stands for scopes of this server alone.
	 * @param resources the names of the resources for which the scopes were given,
	 * {@link Scope#THIS_SERVER} for this server
	 */
	public Set<String> effective(Scopes scopes, Collection<Role> roles, Collection<String> resources, Instant now) {
		Set<String> rights = new LinkedHashSet<>();
		if (resources.contains(Scope.THIS_SERVER)) {
			rights.addAll(effective(scopes, roles));
		}
		if (resources.stream().anyMatch((resource) -> !Scope.THIS_SERVER.equals(resource))) {
			for (Scope scope : this.others.get().values()) {
				if (resources.contains(scope.resourceName()) && scopes.coversByName(scope.name())
						&& Role.anyIncludes(roles, scope.role()) && !scope.isRetiredAt(now)) {
					rights.add(scope.name());
				}
			}
		}
		return Set.copyOf(rights);
	}

	/**
	 * Returns the names of all scopes that these cover, wildcards resolved.
	 */
	public Set<String> covered(Scopes scopes) {
		Stream<Scope> known = isOwn(scopes) ? this.own.values().stream() : all().stream();
		return known.map(Scope::name).filter((name) -> covers(scopes, name)).collect(Collectors.toUnmodifiableSet());
	}

	/** Whether it is one of them, or a wildcard over some. */
	static boolean isAmong(Set<String> names, String candidate) {
		if (names.contains(candidate)) {
			return true;
		}
		if (!candidate.endsWith(":*")) {
			return false;
		}
		String stem = candidate.substring(0, candidate.length() - 1);
		return names.stream().anyMatch((name) -> name.startsWith(stem));
	}

}
