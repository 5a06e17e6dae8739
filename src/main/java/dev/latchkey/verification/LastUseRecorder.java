package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Remembers when and from where tokens were used, and writes it in batches: at most once
 * a minute a token, never on a request's way. A crash loses up to a minute; a clean stop
 * writes all.
 */
@Component
class LastUseRecorder {

	private static final Logger log = LoggerFactory.getLogger(LastUseRecorder.class);

	private static final Duration ONCE_IN = Duration.ofMinutes(1);

	private static final int BATCH = 1000;

	private final LastUseWriter writer;

	private final Clock clock;

	private final Map<UUID, LastUse> uses = new ConcurrentHashMap<>();

	LastUseRecorder(LastUseWriter writer, Clock clock) {
		this.writer = writer;
		this.clock = clock;
	}

	void used(UUID tokenId, Instant now, InetAddress address) {
		LastUse known = this.uses.get(tokenId);
		if (known == null || known.isDue(now)) {
			this.uses.merge(tokenId, new LastUse(tokenId, now, address, false), LastUse::followedBy);
		}
	}

	boolean remembers(UUID tokenId) {
		return this.uses.containsKey(tokenId);
	}

	/**
	 * Writes what is new, and forgets what was written a minute ago.
	 */
	@Scheduled(fixedDelay = 1000)
	@PreDestroy
	void flush() {
		Instant now = this.clock.instant();
		this.uses.values().removeIf((use) -> use.written() && use.isDue(now));
		List<LastUse> due = new ArrayList<>(this.uses.values().stream().filter((use) -> !use.written()).toList());
		due.sort((one, other) -> one.tokenId().compareTo(other.tokenId()));
		for (int from = 0; from < due.size(); from += BATCH) {
			List<LastUse> batch = due.subList(from, Math.min(from + BATCH, due.size()));
			if (!write(batch)) {
				return;
			}
			batch.forEach((use) -> this.uses.replace(use.tokenId(), use, use.asWritten()));
		}
	}

	private boolean write(List<LastUse> batch) {
		try {
			this.writer.write(batch);
			return true;
		}
		catch (DataAccessException ex) {
			log.warn("The last use of {} tokens could not be written; it is tried again: {}", batch.size(),
					ex.getClass().getSimpleName());
			return false;
		}
	}

	/** One use, and whether it stands in the database. */
	record LastUse(UUID tokenId, Instant at, InetAddress address, boolean written) {

		boolean isDue(Instant now) {
			return !now.isBefore(this.at.plus(ONCE_IN));
		}

		LastUse followedBy(LastUse later) {
			return isDue(later.at) ? later : this;
		}

		LastUse asWritten() {
			return new LastUse(this.tokenId, this.at, this.address, true);
		}

	}

}
