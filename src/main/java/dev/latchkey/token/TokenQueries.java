package dev.latchkey.token;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.value.Texts;
import dev.latchkey.value.Totals;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds tokens for the people who own them.
 */
@Service
@Transactional(readOnly = true)
public class TokenQueries {

	private static final String PERSONAL = " from api_token t where t.owner_id = :owner and t.kind = 'p'";

	private static final String NAMED = " and (lower(t.name) like lower(:pattern) or t.hint like :pattern)";

	private static final String PAGE = " offset :offset limit :limit";

	private static final String COUNT = "select count(*) from (select t.id%s limit :counted) counted";

	private final ApiTokenRepository tokens;

	private final JdbcClient jdbc;

	private final TokenLives lives;

	private final Clock clock;

	TokenQueries(ApiTokenRepository tokens, JdbcClient jdbc, TokenLives lives, Clock clock) {
		this.tokens = tokens;
		this.jdbc = jdbc;
		this.lives = lives;
		this.clock = clock;
	}

	/**
	 * Returns a token of the owner's, whatever its kind and state.
	 */
	public Optional<TokenDetails> find(UUID ownerId, UUID tokenId) {
		return this.tokens.findByIdAndOwnerId(tokenId, ownerId).map(this::details);
	}

	/**
	 * Returns those of these tokens that are the owner's, in the order given.
	 */
	public List<TokenDetails> find(UUID ownerId, List<UUID> tokenIds) {
		return this.tokens.findByIdInAndOwnerId(tokenIds, ownerId)
			.stream()
			.map(this::details)
			.sorted(Comparator.comparingInt((token) -> tokenIds.indexOf(token.id())))
			.toList();
	}

	/**
	 * Returns the token of the owner's that this one was rotated into, if it is still
	 * kept.
	 */
	public Optional<TokenDetails> findSuccessor(UUID ownerId, UUID tokenId) {
		return this.tokens.findSuccessor(tokenId, ownerId).map(this::details);
	}

	/**
	 * Returns the token of the owner's that this one was rotated from, if it is still
	 * kept.
	 */
	public Optional<TokenDetails> findPredecessor(UUID ownerId, UUID tokenId) {
		return this.tokens.findPredecessor(tokenId, ownerId).map(this::details);
	}

	/**
	 * Returns a page of the owner's personal access tokens. They are counted up to
	 * {@link Totals#COUNTED}.
	 * @param page the page, from 0
	 * @param size how many a page has
	 */
	public TokenPage list(UUID ownerId, TokenFilter filter, int page, int size) {
		String where = PERSONAL + StatePredicate.of(filter.state(), isLimited())
				+ (filter.text().isEmpty() ? "" : NAMED);
		Instant now = this.clock.instant();
		List<TokenDetails> items = bind("select t.*" + where + filter.sort().toSql() + PAGE, ownerId, filter, now)
			.param("offset", (long) page * size)
			.param("limit", size)
			.query((row, number) -> ApiToken.read(row).details(this.lives, now))
			.list();
		long counted = bind(COUNT.formatted(where), ownerId, filter, now).param("counted", Totals.COUNTED)
			.query(Long.class)
			.single();
		return new TokenPage(items, counted);
	}

	private StatementSpec bind(String sql, UUID ownerId, TokenFilter filter, Instant now) {
		StatementSpec statement = this.jdbc.sql(sql).param("owner", ownerId);
		if (filter.state() != null) {
			statement.param("now", Timestamp.from(now))
				.param("idleSince", Timestamp.from(this.lives.idle().latestEndedStart(now)));
			Duration longest = this.lives.longest().duration();
			if (longest != null) {
				statement.param("longest", longest.toSeconds());
			}
		}
		if (!filter.text().isEmpty()) {
			statement.param("pattern", "%" + escaped(Texts.normalize(filter.text())) + "%");
		}
		return statement;
	}

	/** The signs that mean something in a pattern mean themselves. */
	private static String escaped(String text) {
		return text.replaceAll("[\\\\%_]", "\\\\$0");
	}

	private boolean isLimited() {
		return this.lives.longest().duration() != null;
	}

	private TokenDetails details(ApiToken token) {
		return token.details(this.lives, this.clock.instant());
	}

	/** The states of {@link TokenTimes#stateAt} in the words of a query. */
	private static final class StatePredicate {

		private static final String UNREVOKED = " and (t.revoked_at is null"
				+ " or (t.revoked_at > t.rotated_at and t.revoked_at > :now))";

		private static final String UNEXPIRED = UNREVOKED + " and (t.expires_at is null or t.expires_at > :now)";

		private static final String LAST_SIGN = "greatest(t.last_used_at, t.created_at)";

		private static final String UNIDLE = UNEXPIRED + " and " + LAST_SIGN + " > :idleSince";

		/** As {@link TokenLives#isTooLong} says it. */
		private static final String TOO_LONG = "(t.expires_at is null"
				+ " or trunc(extract(epoch from t.expires_at - t.created_at)) > :longest)";

		/**
		 * Returns the condition.
		 * @param limited whether tokens that exist are held to the longest life
		 */
		static String of(@Nullable TokenState state, boolean limited) {
			if (state == null) {
				return "";
			}
			String unsuspended = UNIDLE + " and t.suspended_at is null" + (limited ? " and not " + TOO_LONG : "");
			return switch (state) {
				case ACTIVE -> unsuspended + " and (t.not_before is null or t.not_before <= :now)";
				case NOT_YET_ACTIVE -> unsuspended + " and t.not_before > :now";
				case SUSPENDED ->
					UNIDLE + " and (t.suspended_at is not null" + (limited ? " or " + TOO_LONG : "") + ")";
				case IDLE_EXPIRED -> UNEXPIRED + " and " + LAST_SIGN + " <= :idleSince";
				case EXPIRED -> UNREVOKED + " and t.expires_at <= :now";
				case REVOKED -> " and (t.revoked_at <= :now or t.revoked_at <= t.rotated_at"
						+ " or (t.revoked_at is not null and t.rotated_at is null))";
			};
		}

	}

}
