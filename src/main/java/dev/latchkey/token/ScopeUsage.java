package dev.latchkey.token;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Says which of their scopes tokens have used in the last 90 days, and forgets what is
 * older.
 */
@Service
public class ScopeUsage implements Prunable {

	private static final int DAYS = 90;

	private static final String SELECT = """
			select token_id, scope from token_scope_use where token_id = any(:tokens) and day > :before
			""";

	private static final String BATCH = """
			delete from token_scope_use where ctid = any(array(
			    select ctid from token_scope_use where day <= least(:before, current_date - 90) limit :size
			    for update skip locked))
			""";

	private final JdbcClient jdbc;

	private final ScopeCatalogue catalogue;

	private final TokenOwners owners;

	private final PruneBatches batches;

	private final Clock clock;

	ScopeUsage(JdbcClient jdbc, ScopeCatalogue catalogue, TokenOwners owners, PruneBatches batches, Clock clock) {
		this.jdbc = jdbc;
		this.catalogue = catalogue;
		this.owners = owners;
		this.batches = batches;
		this.clock = clock;
	}

	/**
	 * Returns what a token has used. A scope that it held by a wildcard counts under its
	 * own name, and one that it cannot use any more not at all: it holds it no more, its
	 * owner's roles do not allow it, or it is retired.
	 */
	public ScopesUsed of(TokenDetails token) {
		return Objects.requireNonNull(of(List.of(token)).get(token.id()));
	}

	/**
	 * Returns what tokens have used, by their ids.
	 */
	public Map<UUID, ScopesUsed> of(Collection<TokenDetails> tokens) {
		Map<UUID, SortedSet<String>> used = new HashMap<>();
		tokens.forEach((token) -> used.put(token.id(), new TreeSet<>()));
		RowCallbackHandler rows = (row) -> Objects.requireNonNull(used.get(row.getObject("token_id", UUID.class)))
			.add(row.getString("scope"));
		this.jdbc.sql(SELECT).param("tokens", used.keySet().toArray(UUID[]::new)).param("before", before()).query(rows);
		Map<UUID, Set<Role>> roles = this.owners
			.roles(tokens.stream().map(TokenDetails::ownerId).collect(Collectors.toSet()));
		Instant now = this.clock.instant();
		Map<UUID, ScopesUsed> all = new HashMap<>();
		for (TokenDetails token : tokens) {
			Set<String> held = usable(token.terms(), roles.getOrDefault(token.ownerId(), Set.of()), now);
			SortedSet<String> names = Objects.requireNonNull(used.get(token.id()));
			names.retainAll(held);
			all.put(token.id(), new ScopesUsed(names, held.size()));
		}
		return all;
	}

	private Set<String> usable(TokenTerms terms, Set<Role> owners, Instant now) {
		Set<Role> roles = (terms.maxRole() != null) ? Role.atMost(terms.maxRole(), owners) : owners;
		return this.catalogue.effective(terms.scopes(), roles, terms.resources().names(), now);
	}

	@Override
	public long prune() {
		return this.batches.run((size) -> PruneBatches.Done
			.all(this.jdbc.sql(BATCH).param("before", before()).param("size", size).update()));
	}

	private LocalDate before() {
		return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC).minusDays(DAYS);
	}

}
