package dev.latchkey.verification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentToken;
import dev.latchkey.caller.User;
import dev.latchkey.limit.TokenAllowance;
import dev.latchkey.net.IpAddress;
import dev.latchkey.net.Networks;
import dev.latchkey.persistence.PrimaryAnswer;
import dev.latchkey.token.DigestsAtRest;
import dev.latchkey.token.TokenColumns;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenLives;
import dev.latchkey.token.TokenTimes;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The one SQL statement of the hot path: brings tokens, their owners and the owners'
 * roles together, and asks whether it is the primary that answers.
 */
@Component
class TokenStatement {

	/**
	 * Between blanks the name of the table is one that the library leads to its schema.
	 */
	private static final String BY_DIGESTS = """
			select t.digest, t.id, t.kind, t.client_id, t.name, t.scopes, t.hint, t.created_at, t.not_before, t.expires_at,
			    t.last_used_at, t.last_used_ip, t.rotated_at, t.revoked_at, t.family_began_at, t.allowed_ips, t.rate_limit, t.parent_id,
			    t.max_role, t.rotates_itself, t.family_id, t.suspended_at, t.description, t.resources, t.imported_number,
			    case when t.rate_limit is not null and t.parent_id is not null then (
			        with recursive above as (
			            select p.id, p.family_id, p.parent_id, p.rate_limit, 1 as steps
			            from api_token p where p.id = t.parent_id
			            union all
			            select p.id, p.family_id, p.parent_id, p.rate_limit, a.steps + 1
			            from above a join api_token p on p.id = a.parent_id where a.steps < 20)
			        select string_agg(coalesce(family_id, id) || ' ' || rate_limit, ' ' order by steps)
			        from above where rate_limit is not null) end as limits_above,
			    o.id as owner_id, o.username, o.name as owner_name, o.roles, o.enabled, standby, table_size
			from pg_is_in_recovery() as standby cross join pg_relation_size(' api_token ') as table_size
			    left join (api_token t join token_owner o on o.id = t.owner_id) on t.digest = any(array(select unnest(?)))
			-- planned for a table of less than 2 to the power of\s""";

	private static final String DIGEST_BY_ID = """
			select t.digest, standby from pg_is_in_recovery() as standby left join api_token t on t.id = ?
			""";

	/** Milliseconds. A network that swallows everything holds nobody for longer. */
	private static final int TIMEOUT = 1500;

	private final JdbcTemplate jdbc;

	private final DigestsAtRest digests;

	private final RightsPool rights;

	private final TokenLives lives;

	/**
	 * PostgreSQL keeps the plan of a statement, and one for a small table reads all of
	 * it: whenever the table has become twice as large, the statement is another one.
	 */
	private volatile int sizeInBits;

	TokenStatement(JdbcTemplate jdbc, DigestsAtRest digests, RightsPool rights, TokenLives lives) {
		this.jdbc = jdbc;
		this.digests = digests;
		this.rights = rights;
		this.lives = lives;
	}

	/**
	 * Returns those of the tokens that exist. One whose row was made unreadable by hand
	 * fails when it is asked for, and no other with it.
	 */
	Map<TokenDigest, Supplier<StoredToken>> run(List<TokenDigest> wanted) {
		Map<TokenDigest, TokenDigest> byRow = new HashMap<>();
		wanted.forEach((digest) -> this.digests.of(digest).forEach((atRest) -> byRow.put(atRest, digest)));
		byte[][] bytes = byRow.keySet().stream().map(TokenDigest::bytes).toArray(byte[][]::new);
		return this.jdbc.execute((Connection connection) -> {
			connection.setNetworkTimeout(Runnable::run, TIMEOUT);
			try (PreparedStatement statement = connection.prepareStatement(BY_DIGESTS + this.sizeInBits)) {
				statement.setObject(1, bytes);
				return read(statement.executeQuery(), byRow);
			}
		});
	}

	/**
	 * Returns the digest that stands in the row of a token now.
	 */
	Optional<TokenDigest> digest(UUID id) {
		return this.jdbc.execute((Connection connection) -> {
			connection.setNetworkTimeout(Runnable::run, TIMEOUT);
			try (PreparedStatement statement = connection.prepareStatement(DIGEST_BY_ID)) {
				statement.setObject(1, id);
				ResultSet row = statement.executeQuery();
				return (next(row) && isToken(row)) ? Optional.of(TokenDigest.ofBytes(row.getBytes("digest")))
						: Optional.empty();
			}
		});
	}

	private Map<TokenDigest, Supplier<StoredToken>> read(ResultSet rows, Map<TokenDigest, TokenDigest> byRow)
			throws SQLException {
		Map<TokenDigest, Supplier<StoredToken>> found = new HashMap<>();
		while (next(rows)) {
			this.sizeInBits = Long.SIZE - Long.numberOfLeadingZeros(rows.getLong("table_size"));
			if (!isToken(rows)) {
				break;
			}
			TokenDigest atRest = TokenDigest.ofBytes(rows.getBytes("digest"));
			TokenDigest digest = byRow.getOrDefault(atRest, atRest);
			this.digests.found(digest, atRest);
			found.put(digest, tokenOrFailure(rows));
		}
		return found;
	}

	/**
	 * Goes on to the next row, of which there is always one: where no token was found, it
	 * says nevertheless who was asked.
	 */
	private static boolean next(ResultSet rows) throws SQLException {
		if (!rows.next()) {
			return false;
		}
		PrimaryAnswer.require(rows);
		return true;
	}

	private static boolean isToken(ResultSet row) throws SQLException {
		return row.getBytes("digest") != null;
	}

	private Supplier<StoredToken> tokenOrFailure(ResultSet row) throws SQLException {
		try {
			StoredToken token = token(row);
			return () -> token;
		}
		catch (RuntimeException ex) {
			String id = row.getString("id");
			return () -> {
				throw new IllegalStateException("The row of token " + id + ", or of its owner, cannot be read", ex);
			};
		}
	}

	private StoredToken token(ResultSet row) throws SQLException {
		RightsPool.Source source = new RightsPool.Source(row.getString("scopes"), row.getString("roles"),
				row.getString("max_role"), row.getBoolean("rotates_itself"), row.getString("resources"));
		Rights rights = this.rights.of(source);
		TokenTimes times = TokenColumns.times(row, this.lives);
		UUID id = row.getObject("id", UUID.class);
		CurrentToken token = new CurrentToken(id, row.getString("name"), row.getString("description"), rights.scopes(),
				rights.resources(), row.getString("hint"), times.end(),
				row.getObject("parent_id") != null || row.getString("allowed_ips") != null);
		User owner = new User(row.getObject("owner_id", UUID.class), row.getString("username"),
				row.getString("owner_name"), rights.roles(), row.getBoolean("enabled"), null);
		VerifiedToken good = new VerifiedToken(id, TokenKind.of(row.getString("kind").charAt(0)),
				row.getString("client_id"), new Caller(owner, rights.names(), token), rights.authorities(), times,
				Networks.parse(row.getString("allowed_ips")), row.getObject("rate_limit", Integer.class),
				IpAddress.rewritten(row.getString("last_used_ip")));
		return new StoredToken(good, row.getObject("rotated_at") != null, allowance(row, id),
				source.isOwn() ? null : source, row.getObject("imported_number", Long.class));
	}

	/** A token without a limit was made with none that has one. */
	private static TokenAllowance allowance(ResultSet row, UUID id) throws SQLException {
		UUID family = row.getObject("family_id", UUID.class);
		UUID familyId = (family != null) ? family : id;
		Integer quota = row.getObject("rate_limit", Integer.class);
		if (quota == null) {
			return new TokenAllowance(familyId, List.of());
		}
		List<TokenAllowance.Own> limits = new ArrayList<>();
		limits.add(new TokenAllowance.Own(familyId, quota));
		String above = row.getString("limits_above");
		String[] parts = (above != null) ? above.split(" ") : new String[0];
		for (int i = 0; i < parts.length; i += 2) {
			limits.add(new TokenAllowance.Own(UUID.fromString(parts[i]), Integer.parseInt(parts[i + 1])));
		}
		return new TokenAllowance(familyId, List.copyOf(limits));
	}

}
