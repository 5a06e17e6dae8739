package dev.latchkey.resourceserver;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the uses of tokens that have a limit, in this process alone: a token's first use
 * begins a minute.
 */
final class LocalLimits {

	private static final long WINDOW = Duration.ofMinutes(1).toNanos();

	/** Only good tokens with a limit of their own have one. */
	private static final int ROOM = 100_000;

	private final ConcurrentHashMap<TokenKey, Window> windows = new ConcurrentHashMap<>();

	private final Clocks clocks;

	LocalLimits(Clocks clocks) {
		this.clocks = clocks;
	}

	/**
	 * Counts a use, and says whether it is one too many.
	 */
	Verdict count(TokenKey token, VerifiedToken known, long quota) {
		long now = this.clocks.nanos();
		if (this.windows.size() >= ROOM) {
			this.windows.values().removeIf((window) -> now - window.begin() >= WINDOW);
		}
		Window window = this.windows.compute(token, (key, last) -> (last == null || now - last.begin() >= WINDOW)
				? new Window(now, 1) : new Window(last.begin(), last.uses() + 1));
		RateLimit limit = new RateLimit(quota, Math.max(0, quota - window.uses()),
				(WINDOW - (now - window.begin()) + 999_999_999) / 1_000_000_000);
		return (window.uses() <= quota) ? new Verdict.Accepted(known, limit) : new Verdict.Limited(limit);
	}

	/** A minute, and how often the token was presented in it. */
	private record Window(long begin, long uses) {

	}

}
