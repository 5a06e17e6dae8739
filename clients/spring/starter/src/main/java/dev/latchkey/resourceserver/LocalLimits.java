package dev.latchkey.resourceserver;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the uses of tokens that have a limit, in this process alone: a token's first use
 * begins a minute. What has no id is counted by its digest.
 */
final class LocalLimits {

	private static final long WINDOW = Duration.ofMinutes(1).toNanos();

	/** Of more tokens the one whose minute began first goes. */
	private static final int ROOM = 100_000;

	/** In the order in which they began. */
	private final Map<Object, Window> windows = new LinkedHashMap<>();

	private final Clocks clocks;

	LocalLimits(Clocks clocks) {
		this.clocks = clocks;
	}

	/**
	 * Counts a use, or says that it is one too many, which is not counted.
	 */
	Verdict count(TokenKey token, VerifiedToken known, long quota) {
		Object id = (known.id() != null) ? known.id() : token;
		synchronized (this.windows) {
			long now = this.clocks.nanos();
			Window window = this.windows.get(id);
			if (window == null || window.quota != quota || now - window.begin >= WINDOW) {
				window = begin(id, quota, now);
			}
			boolean counts = window.uses < quota;
			if (counts) {
				window.uses++;
			}
			RateLimit limit = new RateLimit(quota, quota - window.uses,
					(WINDOW - (now - window.begin) + 999_999_999) / 1_000_000_000);
			return counts ? new Verdict.Accepted(known, limit) : new Verdict.Limited(limit);
		}
	}

	private Window begin(Object id, long quota, long now) {
		Window window = new Window(quota, now);
		this.windows.remove(id);
		this.windows.put(id, window);
		if (this.windows.size() > ROOM) {
			this.windows.remove(this.windows.keySet().iterator().next());
		}
		return window;
	}

	/** A minute, and how many uses were counted in it. */
	private static final class Window {

		private final long quota;

		private final long begin;

		private long uses;

		private Window(long quota, long begin) {
			this.quota = quota;
			this.begin = begin;
		}

	}

}
