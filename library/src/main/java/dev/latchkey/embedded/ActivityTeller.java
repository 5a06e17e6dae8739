package dev.latchkey.embedded;

import java.time.Clock;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditedAct;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Tells the application what happened to tokens, once it holds. What a listener of the
 * application's meets undoes nothing, and is the application's to see to.
 */
class ActivityTeller {

	private static final Logger log = LoggerFactory.getLogger(ActivityTeller.class);

	private static final int MOST = 10_000;

	private final ApplicationEventPublisher application;

	private final JdbcTemplate jdbc;

	private final Clock clock;

	/** Whose a row is never changes. */
	private final Cache<UUID, String> names = Caffeine.newBuilder().maximumSize(MOST).build();

	ActivityTeller(ApplicationEventPublisher application, JdbcTemplate jdbc, Clock clock) {
		this.application = application;
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
	void on(AuditedAct act) {
		Actor actor = act.actor();
		try {
			this.application
				.publishEvent(new TokenActivity(this.clock.instant(), act.action().value(), hostId(act.ownerId()),
						act.tokenId(), actor.account(), actor.tokenId(), act.changes(), actor.ip(), act.detail()));
		}
		catch (RuntimeException ex) {
			log.warn("The application could not be told of {}: {}", act.action().value(),
					ex.getClass().getSimpleName());
			log.debug("The application could not be told", ex);
		}
	}

	private @Nullable String hostId(@Nullable UUID owner) {
		if (owner == null) {
			return null;
		}
		String known = this.names.getIfPresent(owner);
		if (known != null) {
			return known;
		}
		String found = this.jdbc.queryForList("select host_id from token_owner where id = ?", String.class, owner)
			.stream()
			.findFirst()
			.orElse(null);
		if (found != null) {
			this.names.put(owner, found);
		}
		return found;
	}

}
