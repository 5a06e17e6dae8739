package dev.latchkey.verification;

import java.util.Set;
import java.util.TreeSet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
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

	RightsPool(ScopeCatalogue catalogue) {
		this.catalogue = catalogue;
	}

	Rights of(Source source) {
		return this.known.get(source, this::compute);
	}

	private Rights compute(Source source) {
		Scopes scopes = Scopes.parse(source.scopes());
		Set<Role> roles = Role.parse(source.roles());
		if (source.maxRole() != null) {
			roles = Role.atMost(Role.valueOf(source.maxRole()), roles);
		}
		Set<String> names = this.catalogue.effective(scopes, roles);
		Set<String> opening = new TreeSet<>(names);
		if (source.rotatesItself()) {
			opening.add(ROTATE);
		}
		return new Rights(scopes, Resources.parse(source.resources()), roles, names,
				ScopeAuthorities.of(opening, roles));
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

	}

}
