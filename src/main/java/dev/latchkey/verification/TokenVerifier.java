package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.limit.RateLimit;
import dev.latchkey.limit.TokenLimitedException;
import dev.latchkey.limit.TokenLimits;
import dev.latchkey.limit.UsePlace;
import dev.latchkey.net.IpAddress;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenProperties;
import dev.latchkey.token.TokenReader;
import dev.latchkey.token.TokenReuse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Decides whether a presented token is good. The form comes first and costs no query;
 * then one look-up by digest, in memory where that is certain; then what depends on the
 * time and the place of this very request.
 */
@Service
public class TokenVerifier {

	private final TokenReader reader;

	private final VerifiedTokenCache cache;

	private final TokenLoader loader;

	private final LastUseRecorder lastUses;

	private final RightsPool rights;

	private final TokenReuse reuse;

	private final TokenProperties properties;

	private final TokenLimits limits;

	private final VerificationCounts counts;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TokenVerifier(TokenReader reader, VerifiedTokenCache cache, TokenLoader loader, LastUseRecorder lastUses,
			RightsPool rights, TokenReuse reuse, TokenProperties properties, TokenLimits limits,
			VerificationCounts counts, ApplicationEventPublisher events, Clock clock) {
		this.reader = reader;
		this.cache = cache;
		this.loader = loader;
		this.lastUses = lastUses;
		this.rights = rights;
		this.reuse = reuse;
		this.properties = properties;
		this.limits = limits;
		this.counts = counts;
		this.events = events;
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
			throw ex;
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
			return good(token.stored(), token.good());
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
			RawToken raw = asking ? parseAny(presented) : parse(presented);
			if (raw.kind() == TokenKind.REFRESH) {
				throw new TokenRefusedException(RefusalReason.WRONG_KIND);
			}
			LoadedToken token = findAlive(TokenDigest.of(raw), raw.number(), now, asking);
			StoredToken stored = token.stored();
			if (!stored.networks().admits(address)) {
				throw refusal(RefusalReason.WRONG_ADDRESS, stored);
			}
			this.lastUses.used(token, now, address);
			return token;
		}
		catch (TokenRefusedException refusal) {
			this.counts.refused(refusal.reason());
			publish(by, refusal, address, rotating);
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
		try {
			return Optional.of(good(findAlive(parse(presented), this.clock.instant()).stored()));
		}
		catch (TokenRefusedException refusal) {
			return Optional.empty();
		}
	}

	/**
	 * Returns the token as {@link #inspect(String)} does, as it is in the database now.
	 */
	public Optional<VerifiedToken> inspectAsked(String presented) {
		try {
			RawToken raw = parseAny(presented);
			return Optional.of(good(findAlive(TokenDigest.of(raw), raw.number(), this.clock.instant(), true).stored()));
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
			return findAlive(id, asking).map(LoadedToken::stored)
				.filter((stored) -> stored.networks().admits(address))
				.map(this::good);
		}
		catch (TokenRefusedException refusal) {
			return Optional.empty();
		}
	}

	private VerifiedToken good(StoredToken stored) {
		return good(stored, stored.good());
	}

	/** What it may do at other services is known only now. */
	private VerifiedToken good(StoredToken stored, VerifiedToken verified) {
		return (stored.elsewhere() != null)
				? verified.with(this.rights.everywhere(stored.elsewhere(), this.clock.instant())) : verified;
	}

	private RawToken parse(String presented) {
		return this.reader.parse(presented).orElseThrow(() -> new TokenRefusedException(RefusalReason.MALFORMED));
	}

	/** Whether there are imported tokens is what is remembered, too. */
	private RawToken parseAny(String presented) {
		return this.reader.parseAny(presented).orElseThrow(() -> new TokenRefusedException(RefusalReason.MALFORMED));
	}

	/**
	 * Asks once more where nothing was found, since the row may have come under another
	 * pepper after its digest was read.
	 */
	private Optional<LoadedToken> findAlive(UUID id, boolean asking) {
		try {
			return this.loader.digest(id).map((digest) -> findAlive(digest, null, this.clock.instant(), asking));
		}
		catch (TokenRefusedException refusal) {
			if (refusal.reason() != RefusalReason.UNKNOWN) {
				throw refusal;
			}
			return this.loader.digest(id).map((digest) -> findAlive(digest, null, this.clock.instant(), asking));
		}
	}

	private LoadedToken findAlive(RawToken raw, Instant now) {
		return findAlive(TokenDigest.of(raw), raw.number(), now, false);
	}

	private LoadedToken findAlive(TokenDigest digest, @Nullable Long number, Instant now, boolean asking) {
		LoadedToken remembered = asking ? null : this.cache.find(digest);
		LoadedToken token;
		try {
			token = (remembered != null) ? remembered : load(digest);
		}
		catch (DataAccessException ex) {
			// Who was to renew what is remembered fares no worse than all others.
			remembered = asking ? null : this.cache.find(digest);
			if (remembered == null) {
				throw ex;
			}
			token = remembered;
		}
		if (number != null && !number.equals(token.stored().number())) {
			throw new TokenRefusedException(RefusalReason.UNKNOWN);
		}
		RefusalReason fault = fault(token, now);
		if (fault == RefusalReason.IDLE_EXPIRED && remembered != null) {
			// Another node may have seen a use since.
			token = load(digest);
			fault = fault(token, now);
		}
		if (fault != null) {
			throw refusal(fault, token.stored());
		}
		return token;
	}

	private LoadedToken load(TokenDigest digest) {
		LoadedToken token = this.loader.load(digest);
		if (token == null) {
			throw new TokenRefusedException(RefusalReason.UNKNOWN);
		}
		this.cache.put(digest, token);
		return token;
	}

	private @Nullable RefusalReason fault(LoadedToken token, Instant now) {
		return switch (token.stateAt(now, this.properties.idleLifetime())) {
			case ACTIVE -> token.stored().ownerEnabled() ? null : RefusalReason.OWNER_DISABLED;
			case NOT_YET_ACTIVE -> RefusalReason.NOT_YET_ACTIVE;
			case EXPIRED -> RefusalReason.EXPIRED;
			case IDLE_EXPIRED -> RefusalReason.IDLE_EXPIRED;
			case SUSPENDED -> RefusalReason.SUSPENDED;
			case REVOKED -> token.stored().rotated() ? RefusalReason.REUSED : RefusalReason.REVOKED;
		};
	}

	private static TokenRefusedException refusal(RefusalReason reason, StoredToken stored) {
		return new TokenRefusedException(reason, stored.tokenId(), stored.ownerId());
	}

	/** Whoever asks about a token says from where it was presented. */
	private void publish(Actor by, TokenRefusedException refusal, @Nullable InetAddress address, boolean rotating) {
		if (refusal.reason() == RefusalReason.REUSED && refusal.tokenId() != null && refusal.ownerId() != null) {
			this.reuse.detected(by, refusal.tokenId(), refusal.ownerId(), rotating);
		}
		String ip = (address != null) ? IpAddress.text(address) : null;
		this.events.publishEvent(
				AuditedAct.ofToken(AuditAction.TOKEN_REFUSED, by.from(ip), refusal.ownerId(), refusal.tokenId())
					.saying(refusal.reason().value()));
	}

}
