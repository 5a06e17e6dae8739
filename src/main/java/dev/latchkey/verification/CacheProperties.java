package dev.latchkey.verification;

import java.time.Duration;

import dev.latchkey.startup.SettingFaults;
import dev.latchkey.value.HeapRoom;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What verification remembers, and for how long it believes itself.
 *
 * @param enabled whether tokens are remembered at all; without, each request asks the
 * database
 * @param maxEntries how many tokens are remembered at the most; left out, 100,000 or what
 * a small heap has room for
 * @param maxStaleness how long what is remembered is believed without a proof that
 * revocations still arrive
 * @param maxAge how long a token is remembered before the database is asked again, for
 * rows that change without anybody being told of it
 * @param listenUrl the JDBC address at which revocations are listened for, where the
 * pool's leads through something that cannot {@code LISTEN} (PgBouncer in transaction
 * mode); null for the pool's
 */
@ConfigurationProperties("latchkey.cache")
record CacheProperties(@DefaultValue("true") boolean enabled, @Nullable Integer maxEntries,
		@DefaultValue("2s") Duration maxStaleness, @DefaultValue("60s") Duration maxAge, @Nullable String listenUrl) {

	private static final int MOST = 100_000;

	private static final int BYTES_OF_HEAP = 4_000;

	private static final Duration SHORTEST = Duration.ofMillis(200);

	CacheProperties {
		new SettingFaults("latchkey.cache").require(maxEntries == null || maxEntries > 0, "max-entries", "1 or more")
			.require(maxStaleness.compareTo(SHORTEST) >= 0, "max-staleness", "at least 200ms")
			.require(maxAge.compareTo(maxStaleness) >= 0, "max-age", "no shorter than latchkey.cache.max-staleness")
			.require(listenUrl == null || listenUrl.startsWith("jdbc:postgresql:"), "listen-url",
					"of the form jdbc:postgresql://host:5432/latchkey")
			.raise();
	}

	/**
	 * Remembered tokens take about a fifth of the heap, and what counts their uses a
	 * tenth.
	 */
	int entries() {
		return (this.maxEntries != null) ? this.maxEntries : HeapRoom.entries(MOST, BYTES_OF_HEAP);
	}

}
