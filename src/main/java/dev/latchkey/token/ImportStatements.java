package dev.latchkey.token;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.scope.Resources;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.value.EmailAddress;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.stereotype.Component;

/**
 * The SQL that takes in tokens of another system.
 * <p>
 * Accounts are held by their rows alone, in the order of their ids: of locks by name the
 * database has too few for all of them, and who disables an account takes its row too.
 */
@Component
class ImportStatements {

	private static final String INSERT = """
			insert into api_token (id, owner_id, created_at, last_used_at, expires_at, digest, kind, name, scopes,
			    resources, imported_from, imported_number, imported_with)
			values (?, ?, ?, ?, ?, ?, 'p', ?, ?, ?, ?, ?, ?)
			""";

	private final JdbcTemplate jdbc;

	private final DigestsAtRest digests;

	private final ScopeCatalogue catalogue;

	ImportStatements(JdbcTemplate jdbc, DigestsAtRest digests, ScopeCatalogue catalogue) {
		this.jdbc = jdbc;
		this.digests = digests;
		this.catalogue = catalogue;
	}

	/** Waits for the import before, and lets the next one wait until this one ends. */
	void takeTurns() {
		this.jdbc.query("select pg_advisory_xact_lock(hashtextextended('token import', 0))", (row) -> {
		});
	}

	/**
	 * Holds the owners of these tokens, and returns them by their addresses, in the form
	 * in which equal ones are equal.
	 */
	Map<String, Owner> lockOwners(List<ForeignToken> tokens) {
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

	/** Returns those of these tokens that are here, with whom they belong to. */
	Map<TokenDigest, UUID> findOwners(List<ForeignToken> tokens) {
		Map<TokenDigest, TokenDigest> byRow = new HashMap<>();
		tokens
			.forEach((token) -> this.digests.of(token.digest()).forEach((atRest) -> byRow.put(atRest, token.digest())));
		Map<TokenDigest, UUID> known = new HashMap<>();
		this.jdbc.query("select digest, owner_id from api_token where digest = any(?)", (row) -> {
			TokenDigest digest = byRow.get(TokenDigest.ofBytes(row.getBytes("digest")));
			if (digest != null) {
				known.put(digest, row.getObject("owner_id", UUID.class));
			}
		}, (Object) byRow.keySet().stream().map(TokenDigest::bytes).toArray(byte[][]::new));
		return known;
	}

	/**
	 * Writes tokens.
	 * @param from the system that gave them out
	 * @param with the token that brings them, or null if a person does
	 */
	void insert(List<NewRow> rows, String from, @Nullable UUID with, Instant now) {
		this.jdbc.batchUpdate(INSERT, rows.stream().map((row) -> values(row, from, with, now)).toList());
	}

	private Object[] values(NewRow row, String from, @Nullable UUID with, Instant now) {
		ForeignToken token = row.token();
		Instant lastUse = TokenTimes.earlier(token.lastUsedAt(), now);
		return new Object[] { row.id(), row.ownerId(), time(now), time((token.lastUsedAt() != null) ? lastUse : null),
				time(token.expiresAt()), this.digests.ofNew(token.digest()), token.name(), token.scopes().toString(),
				TokenInsert.written(Resources.of(this.catalogue.resourcesOf(token.scopes()))), from,
				new SqlParameterValue(Types.BIGINT, token.number()), new SqlParameterValue(Types.OTHER, with) };
	}

	private static SqlParameterValue time(@Nullable Instant instant) {
		return new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE,
				(instant != null) ? instant.atOffset(ZoneOffset.UTC) : null);
	}

	/** Whoever will own what is taken in. */
	record Owner(UUID id, boolean enabled) {

	}

	/** A token that is taken in. */
	record NewRow(UUID id, UUID ownerId, ForeignToken token) {

	}

}
