package dev.latchkey.net;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which odd names the log has told of: each once an hour, and few in all, since
 * anybody can make them up. Who makes them up silences the others for an hour at most.
 */
class ToldHosts {

	static final int MOST = 10;

	static final Duration PERIOD = Duration.ofHours(1);

	private final Map<String, Instant> told = new LinkedHashMap<>();

	private final Clock clock;

	ToldHosts(Clock clock) {
		this.clock = clock;
	}

	synchronized boolean isNew(String host) {
		Instant now = this.clock.instant();
		this.told.values().removeIf((then) -> !now.isBefore(then.plus(PERIOD)));
		return this.told.size() < MOST && this.told.putIfAbsent(host, now) == null;
	}

}
