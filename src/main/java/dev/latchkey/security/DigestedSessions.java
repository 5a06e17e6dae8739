package dev.latchkey.security;

import java.time.Clock;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Keeps sessions under the digest of their id, so that who reads the database cannot take
 * one over, and ends them at their absolute limit.
 *
 * @param <S> what the store keeps
 */
class DigestedSessions<S extends Session> implements SessionRepository<DigestedSession<S>> {

	private static final Logger log = LoggerFactory.getLogger(DigestedSessions.class);

	private final SessionRepository<S> store;

	private final SessionIds ids;

	private final Duration maxLifetime;

	private final Clock clock;

	DigestedSessions(SessionRepository<S> store, SessionIds ids, Duration maxLifetime, Clock clock) {
		this.store = store;
		this.ids = ids;
		this.maxLifetime = maxLifetime;
		this.clock = clock;
	}

	@Override
	public DigestedSession<S> createSession() {
		S created = this.store.createSession();
		return new DigestedSession<>(created, this.ids.takeLatest(), this.ids);
	}

	/**
	 * A session that was ended meanwhile, as when somebody disables himself, stays so.
	 */
	@Override
	public void save(DigestedSession<S> session) {
		try {
			this.store.save(session.stored());
		}
		catch (DataIntegrityViolationException ex) {
			log.debug("A session was ended before it could be saved");
		}
	}

	@Override
	public @Nullable DigestedSession<S> findById(String id) {
		S found = this.store.findById(SessionIds.digest(id));
		if (found == null) {
			return null;
		}
		if (!this.clock.instant().isBefore(found.getCreationTime().plus(this.maxLifetime))) {
			this.store.deleteById(found.getId());
			return null;
		}
		SessionAttributes.clear(found);
		return new DigestedSession<>(found, id, this.ids);
	}

	@Override
	public void deleteById(String id) {
		this.store.deleteById(SessionIds.digest(id));
	}

}
