package dev.latchkey.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.value.Texts;
import dev.latchkey.value.Totals;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.data.jpa.repository.query.EscapeCharacter;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds tokens for the people who own them.
 */
@Service
@Transactional(readOnly = true)
public class TokenQueries {

	private static final String PERSONAL = " from ApiToken t where t.ownerId = :owner and t.kind = 'p'";

	private static final String NAMED = " and (lower(t.name) like lower(:pattern) escape '\\'"
			+ " or t.hint like :pattern escape '\\')";

	private final ApiTokenRepository tokens;

	private final DigestsAtRest digests;

	private final EntityManager entities;

	private final TokenLives lives;

	private final Clock clock;

	TokenQueries(ApiTokenRepository tokens, DigestsAtRest digests, EntityManager entities, TokenLives lives,
			Clock clock) {
		this.tokens = tokens;
		this.digests = digests;
		this.entities = entities;
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
	 * Returns the token with this digest, whoever owns it.
	 */
	public Optional<TokenDetails> findByDigest(TokenDigest digest) {
		return this.tokens.findByDigestIn(this.digests.of(digest).stream().map(TokenDigest::bytes).toList())
			.map(this::details);
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
		TypedQuery<ApiToken> items = this.entities.createQuery("select t" + where + filter.sort().toJpql(),
				ApiToken.class);
		TypedQuery<Long> count = this.entities
			.createQuery("select count(c.id) from (select t.id as id%s order by t.createdAt desc limit %d) c"
				.formatted(where, Totals.COUNTED), Long.class);
		bind(items, ownerId, filter);
		bind(count, ownerId, filter);
		return new TokenPage(items.setFirstResult(page * size)
			.setMaxResults(size)
			.getResultList()
			.stream()
			.map(this::details)
			.toList(), count.getSingleResult());
	}

	private void bind(TypedQuery<?> query, UUID ownerId, TokenFilter filter) {
		query.setParameter("owner", ownerId);
		TokenState state = filter.state();
		if (state != null) {
			Instant now = this.clock.instant();
			StatePredicate.bind(query, state, now, this.lives.idle().latestEndedStart(now));
			Duration longest = this.lives.longest().duration();
			if (longest != null && StatePredicate.asksForSuspension(state)) {
				query.setParameter("longest", longest.toSeconds());
			}
		}
		if (!filter.text().isEmpty()) {
			query.setParameter("pattern", "%" + EscapeCharacter.DEFAULT.escape(Texts.normalize(filter.text())) + "%");
		}
	}

	private boolean isLimited() {
		return this.lives.longest().duration() != null;
	}

	private TokenDetails details(ApiToken token) {
		return token.details(this.lives, this.clock.instant());
	}

	/** The states of {@link TokenTimes#stateAt} in the words of a query. */
	private static final class StatePredicate {

		private static final String UNREVOKED = " and (t.revokedAt is null"
				+ " or (t.revokedAt > t.rotatedAt and t.revokedAt > :now))";

		private static final String UNEXPIRED = UNREVOKED + " and (t.expiresAt is null or t.expiresAt > :now)";

		private static final String LAST_SIGN = "greatest(t.lastUsedAt, t.createdAt)";

		private static final String UNIDLE = UNEXPIRED + " and " + LAST_SIGN + " > :idleSince";

		/** As {@link TokenLives#isTooLong} says it. */
		private static final String TOO_LONG = "(t.expiresAt is null"
				+ " or timestampdiff(second, t.createdAt, t.expiresAt) > :longest)";

		static boolean asksForSuspension(TokenState state) {
			return state == TokenState.ACTIVE || state == TokenState.NOT_YET_ACTIVE || state == TokenState.SUSPENDED;
		}

		/**
		 * Returns the condition.
		 * @param limited whether tokens that exist are held to the longest life
		 */
		static String of(@Nullable TokenState state, boolean limited) {
			if (state == null) {
				return "";
			}
			String unsuspended = UNIDLE + " and t.suspendedAt is null" + (limited ? " and not " + TOO_LONG : "");
			return switch (state) {
				case ACTIVE -> unsuspended + " and (t.notBefore is null or t.notBefore <= :now)";
				case NOT_YET_ACTIVE -> unsuspended + " and t.notBefore > :now";
				case SUSPENDED -> UNIDLE + " and (t.suspendedAt is not null" + (limited ? " or " + TOO_LONG : "") + ")";
				case IDLE_EXPIRED -> UNEXPIRED + " and " + LAST_SIGN + " <= :idleSince";
				case EXPIRED -> UNREVOKED + " and t.expiresAt <= :now";
				case REVOKED -> " and (t.revokedAt <= :now or t.revokedAt <= t.rotatedAt"
						+ " or (t.revokedAt is not null and t.rotatedAt is null))";
			};
		}

		static void bind(TypedQuery<?> query, TokenState state, Instant now, Instant idleSince) {
			query.setParameter("now", now);
			if (state != TokenState.REVOKED && state != TokenState.EXPIRED) {
				query.setParameter("idleSince", idleSince);
			}
		}

	}

}
