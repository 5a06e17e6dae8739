package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.limit.RateLimit;
import dev.latchkey.limit.TokenLimitedException;
import dev.latchkey.limit.TokenLimits;
import dev.latchkey.limit.UsePlace;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.TokenKind;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Decides whether a presented token is good. The form comes first and costs no query;
 * then one look-up by digest, in memory where that is certain; then what depends on the
 * time and the place of this very request.
 */
@Service
public class TokenVerifier {

	private final LivingTokens tokens;

	private final LastUseRecorder lastUses;

	private final RightsPool rights;

	private final TokenLimits limits;

	private final VerificationCounts counts;

	private final RefusalRecorder refusals;

	private final Clock clock;

	TokenVerifier(LivingTokens tokens, LastUseRecorder lastUses, RightsPool rights, TokenLimits limits,
			VerificationCounts counts, RefusalRecorder refusals, Clock clock) {
		this.tokens = tokens;
		this.lastUses = lastUses;
		this.rights = rights;
		this.limits = limits;
		this.counts = counts;
		this.refusals = refusals;
		this.clock = clock;
	}

	/**
	 * Verifies a token that opens something, remembers this use of it, and counts it.
	 * @param by who presents it, or asks about it
	 * @param presented what the client sent
	 * @param address from where it came, or null where that is not known
	 * @param rotating whether it is presented to be rotated
	 * @param place for whom it is used
	 * @throws TokenRefusedException if it is not good
	 * @throws TokenLimitedException if it is good and was used too often
	 */
	public AdmittedToken admit(Actor by, String presented, @Nullable InetAddress address, boolean rotating,
			UsePlace place) {
		return counted(find(by, presented, address, rotating, false), place);
	}

	/**
	 * Verifies a token as {@link #admit} does, by what the database says to a question
	 * that was not sent before this call.
	 * @throws DataAccessException if the database does not answer
	 */
	public AdmittedToken admitAsked(Actor by, String presented, @Nullable InetAddress address, UsePlace place) {
		return counted(find(by, presented, address, false, true), place);
	}

	private AdmittedToken counted(LoadedToken token, UsePlace place) {
		VerifiedToken good = decided(token);
		try {
			RateLimit left = this.limits.count(token.stored().allowance(), place);
			this.counts.accepted();
			return new AdmittedToken(good, left);
		}
		catch (TokenLimitedException ex) {
			this.counts.limited();
			throw ex.endingAt(good.times().end());
		}
	}

	/**
	 * Verifies a token as {@link #admit} does, and counts nothing.
	 */
	VerifiedToken verify(String presented, @Nullable InetAddress address, boolean rotating) {
		VerifiedToken good = decided(find(Actor.GUEST, presented, address, rotating, false));
		this.counts.accepted();
		return good;
	}

	private VerifiedToken decided(LoadedToken token) {
		try {
			return good(token.stored());
		}
		catch (DataAccessException ex) {
			this.counts.undecided();
			throw ex;
		}
	}

	private LoadedToken find(Actor by, String presented, @Nullable InetAddress address, boolean rotating,
			boolean asking) {
		try {
			Instant now = this.clock.instant();
			RawToken raw = this.tokens.read(presented, asking);
			if (raw.kind() == TokenKind.REFRESH) {
				throw new TokenRefusedException(RefusalReason.WRONG_KIND);
			}
			LoadedToken token = this.tokens.find(raw, now, asking);
			if (!token.stored().networks().admits(address)) {
				throw token.refusal(RefusalReason.WRONG_ADDRESS);
			}
			this.lastUses.used(token, now, address);
			return token;
		}
		catch (TokenRefusedException refusal) {
			this.refusals.refused(by, refusal, address, rotating);
			throw refusal;
		}
		catch (DataAccessException ex) {
			this.counts.undecided();
			throw ex;
		}
	}

	/**
	 * Returns the token, of any kind, if it is good wherever it is allowed to be used
	 * from. That is no use of it, and nobody is told of a refusal.
	 * @param presented what somebody asks about
	 */
	public Optional<VerifiedToken> inspect(String presented) {
		return inspect(presented, false);
	}

	/**
	 * Returns the token as {@link #inspect(String)} does, as it is in the database now.
	 */
	public Optional<VerifiedToken> inspectAsked(String presented) {
		return inspect(presented, true);
	}

	private Optional<VerifiedToken> inspect(String presented, boolean asking) {
		try {
			RawToken raw = this.tokens.read(presented, asking);
			return Optional.of(good(this.tokens.find(raw, this.clock.instant(), asking).stored()));
		}
		catch (TokenRefusedException refusal) {
			return Optional.empty();
		}
	}

	/**
	 * Returns the token of that id if it is good from that address. That is no use of it
	 * either.
	 * @param id what was given out for the token says
	 * @param address from where that came, or null where it is not known
	 */
	public Optional<VerifiedToken> inspect(UUID id, @Nullable InetAddress address) {
		return inspect(id, address, false);
	}

	/**
	 * Returns the token as {@link #inspect(UUID, InetAddress)} does, as it is in the
	 * database now.
	 */
	public Optional<VerifiedToken> inspectAsked(UUID id, @Nullable InetAddress address) {
		return inspect(id, address, true);
	}

	private Optional<VerifiedToken> inspect(UUID id, @Nullable InetAddress address, boolean asking) {
		try {
			return this.tokens.find(id, asking)
				.map(LoadedToken::stored)
				.filter((stored) -> stored.networks().admits(address))
				.map(this::good);
		}
		catch (TokenRefusedException refusal) {
			return Optional.empty();
		}
	}

	/** What it may do at other services is known only now. */
	private VerifiedToken good(StoredToken stored) {
		return (stored.elsewhere() != null)
				? stored.good().with(this.rights.everywhere(stored.elsewhere(), this.clock.instant())) : stored.good();
	}

}
