package dev.latchkey.token;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.latchkey.value.FieldFaults;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Decides when a token ends, and how long one lives on that was rotated. A wish that goes
 * too far is refused; a default is cut.
 */
@Component
class LifetimeRules {

	private static final String EXPIRES_AT = "expires_at";

	private static final String EXPIRES_IN_DAYS = "expires_in_days";

	/** Past any token's life, and far from where instants overflow. */
	private static final int MAX_DAYS = 36_500;

	private final TokenProperties properties;

	LifetimeRules(TokenProperties properties) {
		this.properties = properties;
	}

	/**
	 * Returns the end of a new token.
	 * @param ceiling the end of the token it is made with, or null for none
	 */
	@Nullable Instant endOf(NewToken wanted, @Nullable Instant ceiling, Instant now, FieldFaults faults) {
		if (wanted.expiresAt() != null && wanted.expiresInDays() != null) {
			faults.add(EXPIRES_IN_DAYS, "cannot stand together with expires_at");
			return null;
		}
		if (wanted.expiresInDays() != null) {
			int days = wanted.expiresInDays();
			if (days < 1 || days > MAX_DAYS) {
				faults.add(EXPIRES_IN_DAYS, "must be from 1 to %d".formatted(longestInDays(now)));
				return null;
			}
			return explicit(EXPIRES_IN_DAYS, now.plus(days, ChronoUnit.DAYS), ceiling, now, faults);
		}
		if (wanted.expiresAt() != null) {
			return explicit(EXPIRES_AT, wanted.expiresAt().at(), ceiling, now, faults);
		}
		return TokenTimes.earlier(cut(this.properties.defaultLifetime().endFrom(now), now), ceiling);
	}

	/**
	 * Returns the end of a successor: the one asked for, or else a life as long as that
	 * of the token before it.
	 * @param ceiling the earliest end of the tokens that bound it, or null for none
	 */
	@Nullable Instant endOfSuccessor(TokenTimes before, @Nullable Expiry wanted, @Nullable Instant ceiling, Instant now,
			FieldFaults faults) {
		if (wanted != null) {
			return explicit(EXPIRES_AT, wanted.at(), ceiling, now, faults);
		}
		return TokenTimes.earlier(cut(before.sameLifeFrom(now), now), ceiling);
	}

	/**
	 * Returns the end if a token may have it, and otherwise null.
	 * @param ceiling the earliest end of the tokens that bound it, or null for none
	 */
	@Nullable Instant admitted(@Nullable Instant end, @Nullable Instant ceiling, Instant now) {
		if (end == null) {
			return null;
		}
		FieldFaults faults = new FieldFaults();
		explicit(EXPIRES_AT, end, ceiling, now, faults);
		return faults.isEmpty() ? end : null;
	}

	/**
	 * Returns how long a token lives on after its rotation.
	 * @param wanted how long, or null for not at all
	 */
	Duration graceOf(@Nullable Duration wanted, FieldFaults faults) {
		Duration longest = this.properties.maxGracePeriod();
		if (wanted == null) {
			return Duration.ZERO;
		}
		if (wanted.isNegative() || wanted.compareTo(longest) > 0) {
			faults.add("grace_period", "must be from PT0S to %s".formatted(longest));
			return Duration.ZERO;
		}
		return wanted;
	}

	private long longestInDays(Instant now) {
		Instant latest = this.properties.maxLifetime().endFrom(now);
		return (latest != null) ? Math.min(ChronoUnit.DAYS.between(now, latest), MAX_DAYS) : MAX_DAYS;
	}

	private @Nullable Instant cut(@Nullable Instant end, Instant now) {
		return TokenTimes.earlier(end, this.properties.maxLifetime().endFrom(now));
	}

	private @Nullable Instant explicit(String field, @Nullable Instant end, @Nullable Instant ceiling, Instant now,
			FieldFaults faults) {
		Instant latest = this.properties.maxLifetime().endFrom(now);
		boolean bound = ceiling != null && (latest == null || ceiling.isBefore(latest));
		if (end != null && !end.isAfter(now)) {
			faults.add(field, "must be in the future");
		}
		else if (bound && exceeds(end, ceiling)) {
			faults.add(field, "must not be after %s: a token gives no longer life than its own".formatted(ceiling));
		}
		else if (exceeds(end, latest)) {
			faults.add(field, "must not be after %s, the longest life this server gives".formatted(latest));
		}
		return end;
	}

	private static boolean exceeds(@Nullable Instant end, @Nullable Instant limit) {
		return limit != null && (end == null || end.isAfter(limit));
	}

}
