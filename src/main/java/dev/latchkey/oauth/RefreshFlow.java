package dev.latchkey.oauth;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.Lineage;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.RefreshToken;
import dev.latchkey.token.RefreshTokens;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenReuse;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.token.TokenState;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import dev.latchkey.verification.TokenUse;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Redeems refresh tokens, each once. One that is redeemed again ends its whole grant (RFC
 * 9700 section 4.14.2), with three exceptions that are no theft: of refreshes at the same
 * time, those that come too late are only refused, and so is a token whose own life, or
 * the grant's, is over; and a client that lost the answer may ask again for a short
 * while, as long as nobody has used what the answer held.
 */
@Service
class RefreshFlow {

	private final Clients clients;

	private final TokenFormat format;

	private final RefreshTokens refreshTokens;

	private final TokenRevocation revocation;

	private final TokenReuse reuse;

	private final TokenUse uses;

	private final UserService users;

	private final FlowTokens tokens;

	private final OAuthProperties properties;

	private final Clock clock;

	RefreshFlow(Clients clients, TokenFormat format, RefreshTokens refreshTokens, TokenRevocation revocation,
			TokenReuse reuse, TokenUse uses, UserService users, FlowTokens tokens, OAuthProperties properties,
			Clock clock) {
		this.clients = clients;
		this.format = format;
		this.refreshTokens = refreshTokens;
		this.revocation = revocation;
		this.reuse = reuse;
		this.uses = uses;
		this.users = users;
		this.tokens = tokens;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Returns whether a token is unspent, to be asked before anything else: what is
	 * unspent then and spent later was lost in a race, whatever the clocks say.
	 */
	boolean isUnspent(String presented) {
		return this.format.parse(presented).filter(this.refreshTokens::isUnspent).isPresent();
	}

	/**
	 * Redeems a refresh token for two new tokens.
	 * @param wanted the scopes of the new access token, or null for all that was granted
	 * @param unspent whether {@link #isUnspent} was said when the request came in
	 * @return the tokens, or empty if the client cannot have them
	 * @throws OAuthRefusal if it wants more than was granted; the token stays as it is
	 */
	@Retryable(includes = ConcurrencyFailureException.class, delay = 20, jitter = 20)
	@Transactional
	Optional<TokenPair> redeem(Client client, String presented, @Nullable Scopes wanted, boolean unspent) {
		RefreshToken token = this.clients.hold(client)
			.flatMap((held) -> this.format.parse(presented))
			.flatMap(this::lock)
			.filter((found) -> client.clientId().equals(found.clientId()))
			.orElse(null);
		if (token == null || !client.may(GrantType.REFRESH_TOKEN) || !mayBeRedeemed(token, unspent)) {
			return Optional.empty();
		}
		Scopes scopes = (wanted != null) ? wanted : token.scopes();
		User owner = this.users.hold(token.ownerId()).orElse(null);
		if (owner == null || !serves(client, owner)) {
			return Optional.empty();
		}
		if (!token.scopes().covers(scopes)) {
			throw new OAuthRefusal("invalid_scope", "The grant does not have these scopes.");
		}
		endUnusedAnswer(token);
		Instant now = this.clock.instant();
		TokenPair pair = this.tokens.issue(client, owner.id(), token.scopes(), scopes,
				new Lineage(token.familyId(), token.id(), token.familyBeganAt()), now);
		if (token.spentAt() == null && pair.refresh() != null) {
			this.refreshTokens.spend(token, pair.refresh().details().id(), this.properties.refreshRetryWindow());
		}
		return Optional.of(pair);
	}

	private Optional<RefreshToken> lock(RawToken raw) {
		return this.refreshTokens.lock(raw);
	}

	private boolean mayBeRedeemed(RefreshToken token, boolean unspent) {
		if (token.expired()) {
			return false;
		}
		if (token.spentAt() == null) {
			return token.state() == TokenState.ACTIVE;
		}
		if (unspent) {
			return false;
		}
		if (token.state() == TokenState.ACTIVE && answerIsUnused(token.id())) {
			return true;
		}
		this.reuse.detected(token.id(), token.ownerId(), true);
		return false;
	}

	/** A token of the answer that was used, spent or ended proves that it arrived. */
	private boolean answerIsUnused(UUID spentId) {
		List<TokenDetails> answer = this.refreshTokens.lockSuccessors(spentId);
		return answer.size() == 2 && answer.stream()
			.noneMatch((token) -> token.rotated() || token.lastUsedAt() != null || this.uses.isRemembered(token.id()));
	}

	private void endUnusedAnswer(RefreshToken token) {
		if (token.spentAt() != null) {
			this.revocation.revokeAlone(
					this.refreshTokens.lockSuccessors(token.id()).stream().map(TokenDetails::id).toList(),
					RevocationCause.REPLACED);
		}
	}

	private static boolean serves(Client client, User owner) {
		return client.servesRole() == null || Role.anyIncludes(owner.roles(), client.servesRole());
	}

}
