package dev.latchkey.embedded;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;

import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.GrantedAuthority;

/**
 * What the application's own authorities come to: as which of the three levels a user
 * counts, and which declared scopes that level may use. No database is asked, so that a
 * session may the same in tests without one.
 */
class HostRights {

	/** Authorities by which a sign-in says what it was made with. */
	private static final String FACTOR = "FACTOR_";

	private final EmbeddedProperties.Owners owners;

	private final RoleHierarchy hierarchy;

	private final Map<String, Scope> declared;

	HostRights(EmbeddedProperties properties, RoleHierarchy hierarchy, List<Scope> beans) {
		this.owners = properties.owners();
		this.hierarchy = hierarchy;
		this.declared = Stream.concat(beans.stream(), properties.scopes().stream().map(HostRights::scope))
			.collect(Collectors.toMap(Scope::name, Function.identity(), (one, other) -> {
				throw new IllegalStateException("The scope '%s' is declared twice".formatted(one.name()));
			}, LinkedHashMap::new));
	}

	private static Scope scope(EmbeddedProperties.NamedScope named) {
		return new Scope(named.name(), named.description(), named.role());
	}

	/**
	 * Returns the scopes that the application declares, as beans and by its settings.
	 */
	Collection<Scope> declared() {
		return this.declared.values();
	}

	/**
	 * Returns what somebody with these authorities may be, with the application's role
	 * hierarchy: every user is one. What a sign-in was made with is left out before that,
	 * so that no hierarchy makes a role of it.
	 */
	Set<Role> roles(Collection<? extends GrantedAuthority> authorities) {
		List<? extends GrantedAuthority> rights = authorities.stream().filter(HostRights::isRight).toList();
		Set<String> reachable = this.hierarchy.getReachableGrantedAuthorities(rights)
			.stream()
			.map(GrantedAuthority::getAuthority)
			.flatMap(Stream::ofNullable)
			.collect(Collectors.toSet());
		if (reachable.contains(this.owners.superuser())) {
			return Set.of(Role.SUPERUSER);
		}
		return Set.of(reachable.contains(this.owners.administrator()) ? Role.ADMIN : Role.USER);
	}

	private static boolean isRight(GrantedAuthority authority) {
		String name = authority.getAuthority();
		return name == null || !name.startsWith(FACTOR);
	}

	/**
	 * Returns whether one of the roles allows a scope of the application's own.
	 */
	boolean allows(Collection<Role> roles, String scope) {
		Scope known = this.declared.get(scope);
		return known != null && Role.anyIncludes(roles, known.role());
	}

}
