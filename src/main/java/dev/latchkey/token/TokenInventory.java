package dev.latchkey.token;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.value.Totals;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds everybody's personal access tokens that have not ended, for administrators.
 * Tokens and owners are read from one moment, so that none stands there without the
 * other.
 */
@Service
@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
public class TokenInventory {

	private static final UUID FIRST = new UUID(0, 0);

	private final JdbcClient jdbc;

	private final InventoryOwners owners;

	private final ScopeCatalogue catalogue;

	private final ScopeUsage usage;

	private final TokenLives lives;

	private final Clock clock;

	TokenInventory(JdbcClient jdbc, InventoryOwners owners, ScopeCatalogue catalogue, ScopeUsage usage,
			TokenLives lives, Clock clock) {
		this.jdbc = jdbc;
		this.owners = owners;
		this.catalogue = catalogue;
		this.usage = usage;
		this.lives = lives;
		this.clock = clock;
	}

	/**
	 * Returns a page, newest first.
	 */
	public List<InventoryToken> find(InventoryFilter filter, int offset, int limit) {
		return read(filter, "", Map.of(), " order by t.created_at desc, t.id desc offset " + offset, limit);
	}

	/**
	 * Counts up to {@link Totals#COUNTED}.
	 */
	public long count(InventoryFilter filter) {
		return this.jdbc
			.sql("select count(*) from (select 1%s limit %d) counted".formatted(filter.where(), Totals.COUNTED))
			.params(parameters(filter, this.clock.instant()))
			.query(Long.class)
			.single();
	}

	/**
	 * Returns those that come after a token by their ids: a walk from one to the next
	 * meets each once, and ends.
	 */
	public List<InventoryToken> after(InventoryFilter filter, UUID token, int limit) {
		return read(filter, " and t.id > :after", Map.of("after", token), " order by t.id", limit);
	}

	/**
	 * Returns the first of them.
	 */
	public List<InventoryToken> first(InventoryFilter filter, int limit) {
		return after(filter, FIRST, limit);
	}

	private List<InventoryToken> read(InventoryFilter filter, String further, Map<String, Object> values, String order,
			int limit) {
		Instant now = this.clock.instant();
		List<TokenDetails> found = this.jdbc
			.sql("select t.*%s%s%s limit %d".formatted(filter.where(), further, order, limit))
			.params(parameters(filter, now))
			.params(values)
			.query((row, number) -> ApiToken.read(row).details(this.lives, now))
			.list();
		Map<UUID, InventoryToken.Owner> owners = this.owners
			.find(found.stream().map(TokenDetails::ownerId).distinct().toList());
		Map<UUID, ScopesUsed> used = this.usage.of(found);
		// An account that was deleted just now has taken its tokens along.
		return found.stream()
			.map((token) -> new InventoryToken(token, Objects.requireNonNull(owners.get(token.ownerId())),
					Objects.requireNonNull(used.get(token.id()))))
			.toList();
	}

	private Map<String, Object> parameters(InventoryFilter filter, Instant now) {
		String scope = filter.scope();
		Map<String, Object> parameters = new HashMap<>(filter.parameters(scope != null && this.catalogue.isOwn(scope)));
		parameters.put("now", now);
		parameters.put("idle", this.lives.idle().latestEndedStart(now));
		parameters.replaceAll((name, value) -> (value instanceof Instant time) ? time.atOffset(ZoneOffset.UTC) : value);
		return parameters;
	}

}
