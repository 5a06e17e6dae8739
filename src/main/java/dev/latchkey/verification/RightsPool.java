package dev.latchkey.verification;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeAuthorities;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Works out rights once for all tokens whose scopes and roles are written alike in the
 * database. Most tokens share a few of them: that spares the work at a load, and most of
 * the memory that a remembered token takes.
 */
@Component
class RightsPool {

	private static final String ROTATE = "tokens:rotate";

	private static final int MAX_KNOWN = 10_000;

	private final ScopeCatalogue catalogue;

	private final Cache<Source, Rights> known = Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

	private final Cache<Source, Elsewhere> elsewhere = Caffeine.newBuilder().maximumSize(MAX_KNOWN).build();

	RightsPool(ScopeCatalogue catalogue) {
		this.catalogue = catalogue;
	}

	/**
	 * Returns what they come to at this server, which asks nobody.
	 */
	Rights of(Source source) {
		return this.known.get(source,
				(own) -> compute(own, (scopes, roles) -> Resources.parse(own.resources()).includes(Scope.THIS_SERVER)
						? this.catalogue.effective(scopes, roles) : Set.of()));
	}

	/**
	 * Returns what they come to at all services together, which is only so now: the
	 * scopes of others come, go and retire.
	 * @throws org.springframework.dao.DataAccessException if it is not known which scopes
	 * there are
	 */
	Rights everywhere(Source source, Instant now) {
		Map<String, Scope> others = this.catalogue.others();
		Elsewhere before = this.elsewhere.getIfPresent(source);
		if (before != null && before.holds(others, now)) {
			return before.rights();
		}
		Collection<String> resources = Resources.parse(source.resources()).names();
		Rights rights = compute(source, (scopes, roles) -> this.catalogue.effective(scopes, roles, resources, now));
		this.elsewhere.put(source, new Elsewhere(rights, others, nextRetirement(others, now)));
		return rights;
	}

	private static Rights compute(Source source, BiFunction<Scopes, Set<Role>, Set<String>> effective) {
		Scopes scopes = Scopes.parse(source.scopes());
		Resources resources = Resources.parse(source.resources());
		Set<Role> roles = Role.parse(source.roles());
		if (source.maxRole() != null) {
			roles = Role.atMost(Role.valueOf(source.maxRole()), roles);
		}
		Set<String> names = effective.apply(scopes, roles);
		Set<String> opening = new TreeSet<>(names);
		if (source.rotatesItself()) {
			opening.add(ROTATE);
		}
		return new Rights(scopes, resources, roles, names, ScopeAuthorities.of(opening, roles));
	}

	private static Instant nextRetirement(Map<String, Scope> others, Instant now) {
		return others.values()
			.stream()
			.map(Scope::retiredAt)
			.filter((retirement) -> retirement != null && retirement.isAfter(now))
			.min(Comparator.naturalOrder())
			.orElse(Instant.MAX);
	}

	/** Rights, and for how long they are those. */
	private record Elsewhere(Rights rights, Map<String, Scope> others, Instant until) {

		/** The same map as long as nothing has changed. */
		@SuppressWarnings("ReferenceEquality")
		boolean holds(Map<String, Scope> now, Instant moment) {
			return this.others == now && moment.isBefore(this.until);
		}

	}

	/**
	 * What rights come from, as it is written in the database.
	 *
	 * @param scopes the scopes of the token
	 * @param roles the roles of its owner
	 * @param maxRole the highest role that it acts with, or null for any
	 * @param rotatesItself whether it was made when every token could rotate itself: that
	 * route still opens, and nobody is told of a scope that it does not have
	 * @param resources at which services it is a token, or null for this server
	 */
	record Source(String scopes, String roles, @Nullable String maxRole, boolean rotatesItself,
			@Nullable String resources) {

		/** Whether it is a token of this server alone. */
		boolean isOwn() {
			return this.resources == null;
		}

	}

}
