package dev.latchkey.verification;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeAuthorities;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;

import org.springframework.stereotype.Component;

/**
 * Works out rights once for each pair of scopes and roles, as they are written in the
 * database. Most tokens share a few of them: that spares the work at a load, and most of
 * the memory that a remembered token takes.
 */
@Component
class RightsPool {

	private static final int MAX_PAIRS = 10_000;

	private final ScopeCatalogue catalogue;

	private final Cache<Pair, Rights> pairs = Caffeine.newBuilder().maximumSize(MAX_PAIRS).build();

	RightsPool(ScopeCatalogue catalogue) {
		this.catalogue = catalogue;
	}

	Rights of(String scopes, String roles) {
		return this.pairs.get(new Pair(scopes, roles), this::work);
	}

	private Rights work(Pair pair) {
		Scopes scopes = Scopes.parse(pair.scopes());
		Set<Role> roles = Arrays.stream(pair.roles().split(" "))
			.map(Role::valueOf)
			.collect(Collectors.toUnmodifiableSet());
		Set<String> names = this.catalogue.effective(scopes, roles);
		return new Rights(scopes, roles, names, ScopeAuthorities.of(names, roles));
	}

	private record Pair(String scopes, String roles) {

	}

}
