package dev.latchkey.verification;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.CurrentToken;
import dev.latchkey.scope.ScopeUses;
import dev.latchkey.value.HeapRoom;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * Remembers which scopes of tokens opened something, and writes it in batches: once a
 * token, scope and day, never on a request's way. A crash loses some seconds; a clean
 * stop writes all. What it remembers is bounded: of more than that, some is written
 * again, which changes nothing, and while the database is away, some is not noted.
 */
@Component
class ScopeUseRecorder implements ScopeUses {

	private static final Logger log = LoggerFactory.getLogger(ScopeUseRecorder.class);

	private static final int BATCH = 1000;

	/** Some 150 bytes each. */
	private static final int MOST = HeapRoom.entries(100_000, 3_000);

	private static final long SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();

	private final ScopeUseWriter writer;

	private final Clock clock;

	private final Cache<ScopeUse, Boolean> known = Caffeine.newBuilder().maximumSize(MOST).build();

	private final Set<ScopeUse> unwritten = ConcurrentHashMap.newKeySet();

	ScopeUseRecorder(ScopeUseWriter writer, Clock clock) {
		this.writer = writer;
		this.clock = clock;
	}

	@Override
	public void used(Authentication caller, Collection<String> scopes) {
		if (scopes.isEmpty() || !(caller.getPrincipal() instanceof Caller somebody)) {
			return;
		}
		CurrentToken token = somebody.currentToken().orElse(null);
		if (token == null) {
			return;
		}
		int day = (int) Math.floorDiv(this.clock.instant().getEpochSecond(), SECONDS_OF_A_DAY);
		for (String scope : scopes) {
			note(new ScopeUse(token.id(), scope, day));
		}
	}

	private void note(ScopeUse use) {
		if (this.known.getIfPresent(use) == null && this.unwritten.size() < MOST) {
			this.unwritten.add(use);
			this.known.put(use, Boolean.TRUE);
		}
	}

	/**
	 * Writes what is new.
	 */
	@Scheduled(fixedDelay = 5000)
	@PreDestroy
	void flush() {
		if (this.unwritten.isEmpty()) {
			return;
		}
		List<ScopeUse> uses = new ArrayList<>(this.unwritten);
		uses.sort(Comparator.comparing(ScopeUse::tokenId));
		for (int from = 0; from < uses.size(); from += BATCH) {
			List<ScopeUse> batch = uses.subList(from, Math.min(from + BATCH, uses.size()));
			if (!write(batch)) {
				return;
			}
			batch.forEach(this.unwritten::remove);
		}
	}

	private boolean write(List<ScopeUse> batch) {
		try {
			this.writer.write(batch);
			return true;
		}
		catch (DataAccessException ex) {
			log.warn("The use of {} scopes could not be written; it is tried again: {}", batch.size(),
					ex.getClass().getSimpleName());
			return false;
		}
	}

	/**
	 * A scope that a token used on a day. Looked up on each request, so without what a
	 * record would bring for that.
	 *
	 * @param tokenId the token
	 * @param scope its plain name
	 * @param day counted from the first of January 1970
	 */
	record ScopeUse(UUID tokenId, String scope, int day) {

		@Override
		public int hashCode() {
			return (this.tokenId.hashCode() * 31 + this.scope.hashCode()) * 31 + this.day;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof ScopeUse that && this.day == that.day && this.tokenId.equals(that.tokenId)
					&& this.scope.equals(that.scope);
		}

	}

}
