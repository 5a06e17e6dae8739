package dev.latchkey.token;

import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import dev.latchkey.caller.Actor;
import dev.latchkey.persistence.RetriedTransaction;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.ScopeAdmission;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.value.EmailAddress;
import dev.latchkey.value.OrderedIds;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.stereotype.Service;

/**
 * Takes in tokens that another system gave out: all that can be taken, in one
 * transaction. What is here already stays as it is, so that doing it again changes
 * nothing and a token that was revoked since stays revoked. Imports come one after
 * another.
 * <p>
 * Accounts are held by their rows alone, in the order of their ids: of locks by name the
 * database has too few for all of them, and who disables an account takes its row too.
 */
@Service
public class TokenImport {

	private static final int BATCH = 1000;

	private static final String INSERT = """
			insert into api_token (id, owner_id, created_at, last_used_at, expires_at, digest, kind, name, scopes,
			    resources, imported_from, imported_number, imported_with)
			values (?, ?, ?, ?, ?, ?, 'p', ?, ?, ?, ?, ?, ?)
			""";

	private final JdbcTemplate jdbc;

	private final DigestsAtRest digests;

	private final TokenQuota quota;

	private final ScopeCatalogue catalogue;

	private final ScopeAdmission admission;

	private final OutlivedTokens outlived;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TokenImport(JdbcTemplate jdbc, DigestsAtRest digests, TokenQuota quota, ScopeCatalogue catalogue,
			ScopeAdmission admission, OutlivedTokens outlived, ApplicationEventPublisher events, Clock clock) {
		this.jdbc = jdbc;
		this.digests = digests;
		this.quota = quota;
		this.catalogue = catalogue;
		this.admission = admission;
		this.outlived = outlived;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Takes tokens in.
	 * @param by who brings them
	 * @param from what they were read from
	 * @param unreadable how many stood there besides that could not be read
	 * @throws TokenNotActiveException if the token that acts was revoked meanwhile
	 */
	@RetriedTransaction
	public Taken take(Actor by, String from, List<ForeignToken> tokens, int unreadable) {
		UUID with = by.tokenId();
		if (with != null) {
			this.outlived.mark(with);
		}
		this.jdbc.query("select pg_advisory_xact_lock(hashtextextended('token import', 0))", (row) -> {
		});
		Batch batch = new Batch(by, from, with, this.clock.instant(), lockOwners(tokens), lockScopes(tokens));
		for (int start = 0; start < tokens.size(); start += BATCH) {
			batch.take(tokens.subList(start, Math.min(start + BATCH, tokens.size())));
		}
		Taken taken = new Taken(batch.imported, batch.unchanged, batch.refused);
		this.events.publishEvent(TokenActs.importFinished(by, from, taken, unreadable));
		this.events.publishEvent(new TokensImported());
		return taken;
	}

	/** By their addresses, in the form in which equal ones are equal. */
	private Map<String, Owner> lockOwners(List<ForeignToken> tokens) {
		String[] addresses = tokens.stream()
			.map((token) -> token.owner().value().toLowerCase(Locale.ROOT))
			.distinct()
			.toArray(String[]::new);
		Map<String, Owner> owners = new HashMap<>();
		RowCallbackHandler rows = (row) -> owners.put(EmailAddress.keyOf(row.getString("username")),
				new Owner(row.getObject("id", UUID.class), row.getBoolean("enabled")));
		this.jdbc.query("""
				select id, username, enabled from token_owner where lower(username) = any(?) order by id for share
				""", rows, (Object) addresses);
		return owners;
	}

	/** What was read of them may have been removed or retired since. */
	private Predicate<String> lockScopes(List<ForeignToken> tokens) {
		Set<@Nullable String> names = new HashSet<>();
		tokens.forEach((token) -> names.addAll(token.scopes().names()));
		return this.admission.of(names);
	}

	private static SqlParameterValue time(@Nullable Instant instant) {
		return new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE,
				(instant != null) ? instant.atOffset(ZoneOffset.UTC) : null);
	}

	/**
	 * What became of tokens that were to be taken in.
	 *
	 * @param imported how many are new here
	 * @param unchanged how many were here before
	 * @param refused which ones were not taken, and why
	 */
	public record Taken(int imported, int unchanged, List<Refusal> refused) {

	}

	/**
	 * A token that was not taken.
	 *
	 * @param line where it stands in what was read
	 * @param reason why, in words for people
	 */
	public record Refusal(long line, String reason) {

	}

	private record Owner(UUID id, boolean enabled) {

	}

	/** One import: what it has done so far. */
	private final class Batch {

		private final Actor by;

		private final String from;

		private final @Nullable UUID with;

		private final Instant now;

		private final Map<String, Owner> owners;

		private final Predicate<String> admitted;

		private final Map<UUID, Integer> rooms = new HashMap<>();

		private final List<Refusal> refused = new ArrayList<>();

		private int imported;

		private int unchanged;

		private Batch(Actor by, String from, @Nullable UUID with, Instant now, Map<String, Owner> owners,
				Predicate<String> admitted) {
			this.by = by;
			this.from = from;
			this.with = with;
			this.now = now;
			this.owners = owners;
			this.admitted = admitted;
		}

		private void take(List<ForeignToken> tokens) {
			Map<TokenDigest, UUID> known = known(tokens);
			List<Object[]> rows = new ArrayList<>();
			for (ForeignToken token : tokens) {
				Owner owner = this.owners.get(token.owner().key());
				String fault = (owner != null) ? fault(token, owner, known) : "no account has the address of its owner";
				if (fault != null || owner == null) {
					this.refused.add(new Refusal(token.line(), String.valueOf(fault)));
				}
				else if (known.putIfAbsent(token.digest(), owner.id()) != null) {
					this.unchanged++;
				}
				else {
					rows.add(row(token, owner.id()));
				}
			}
			TokenImport.this.jdbc.batchUpdate(INSERT, rows);
			this.imported += rows.size();
		}

		/** Those that are here, with whom they belong to. */
		private Map<TokenDigest, UUID> known(List<ForeignToken> tokens) {
			Map<TokenDigest, TokenDigest> byRow = new HashMap<>();
			tokens.forEach((token) -> TokenImport.this.digests.of(token.digest())
				.forEach((atRest) -> byRow.put(atRest, token.digest())));
			Map<TokenDigest, UUID> known = new HashMap<>();
			TokenImport.this.jdbc.query("select digest, owner_id from api_token where digest = any(?)", (row) -> {
				TokenDigest digest = byRow.get(TokenDigest.ofBytes(row.getBytes("digest")));
				if (digest != null) {
					known.put(digest, row.getObject("owner_id", UUID.class));
				}
			}, (Object) byRow.keySet().stream().map(TokenDigest::bytes).toArray(byte[][]::new));
			return known;
		}

		private @Nullable String fault(ForeignToken token, Owner owner, Map<TokenDigest, UUID> known) {
			UUID knownOwner = known.get(token.digest());
			if (knownOwner != null) {
				return knownOwner.equals(owner.id()) ? null : "it is here already, and another account's";
			}
			if (!token.scopes().names().stream().allMatch(this.admitted)) {
				return "it has a scope that does not exist here";
			}
			if (!owner.enabled()) {
				return "the account of its owner is disabled";
			}
			if (token.expiresAt() != null && !token.expiresAt().isAfter(this.now)) {
				return "it expired at " + token.expiresAt();
			}
			int room = this.rooms.computeIfAbsent(owner.id(), (id) -> TokenImport.this.quota.room(id, this.now));
			if (room <= 0) {
				return "its owner has as many tokens as an account may have";
			}
			this.rooms.put(owner.id(), room - 1);
			return null;
		}

		private Object[] row(ForeignToken token, UUID ownerId) {
			UUID id = OrderedIds.next(this.now);
			Instant lastUse = TokenTimes.earlier(token.lastUsedAt(), this.now);
			TokenImport.this.events.publishEvent(TokenActs.imported(this.by, id, ownerId, token, this.from));
			return new Object[] { id, ownerId, time(this.now), time((token.lastUsedAt() != null) ? lastUse : null),
					time(token.expiresAt()), TokenImport.this.digests.ofNew(token.digest()), token.name(),
					token.scopes().toString(),
					TokenInsert.written(Resources.of(TokenImport.this.catalogue.resourcesOf(token.scopes()))),
					this.from, new SqlParameterValue(Types.BIGINT, token.number()),
					new SqlParameterValue(Types.OTHER, this.with) };
		}

	}

}
