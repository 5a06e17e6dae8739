package dev.latchkey.verification;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
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

	private static final int BATCH = 1000;

	private final LastUseWriter writer;

	private final Map<UUID, LastUse> unwritten = new ConcurrentHashMap<>();

	LastUseRecorder(LastUseWriter writer) {
		this.writer = writer;
	}

	void used(LoadedToken token, Instant now, @Nullable InetAddress address) {
		if (token.use(now, address)) {
			UUID id = token.stored().tokenId();
			this.unwritten.put(id, new LastUse(id, now, address));
		}
	}

	boolean remembers(UUID tokenId) {
		return this.unwritten.containsKey(tokenId);
	}

	int pending() {
		return this.unwritten.size();
	}

	/**
	 * Writes what is new.
	 */
	@Scheduled(fixedDelay = 1000)
	@PreDestroy
	void flush() {
		if (this.unwritten.isEmpty()) {
			return;
		}
		List<LastUse> uses = new ArrayList<>(this.unwritten.values());
		uses.sort(Comparator.comparing(LastUse::tokenId));
		for (int from = 0; from < uses.size(); from += BATCH) {
			List<LastUse> batch = uses.subList(from, Math.min(from + BATCH, uses.size()));
			if (!write(batch)) {
				return;
			}
			batch.forEach((use) -> this.unwritten.remove(use.tokenId(), use));
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

	/** One use that the database does not know of yet. */
	record LastUse(UUID tokenId, Instant at, @Nullable InetAddress address) {

	}

}
