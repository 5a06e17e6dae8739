package dev.latchkey.session;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.persistence.OutageAfterwardsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/**
 * Keeps sessions under the digest of their id, so that who reads the database cannot take
 * one over, and ends them at their absolute limit. A request that has waited for the
 * database in vain does not wait for it again: its session is asked for several times.
 *
 * @param <S> what the store keeps
 */
class DigestedSessions<S extends Session> implements SessionRepository<DigestedSession<S>> {

	private static final Logger log = LoggerFactory.getLogger(DigestedSessions.class);

	/** Why the request that this thread serves cannot reach the database. */
	private static final ThreadLocal<@Nullable RuntimeException> OUT_OF_REACH = new ThreadLocal<>();

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
		return DigestedSession.made(created, this.ids.takeLatest(), this.ids);
	}

	/**
	 * A session that was ended meanwhile, as when somebody disables himself, stays so.
	 * Nothing is saved of a request that has failed for want of the database. One that
	 * has done what it was to do before the database went away is answered, if nothing is
	 * lost but when the session was used last; else nobody is told that nothing was done.
	 */
	@Override
	public void save(DigestedSession<S> session) {
		if (OUT_OF_REACH.get() != null) {
			return;
		}
		try {
			asked(() -> {
				this.store.save(session.stored());
				return null;
			});
		}
		catch (DataIntegrityViolationException ex) {
			log.debug("A session was ended before it could be saved");
		}
		catch (RuntimeException ex) {
			if (!DatabaseOutage.isCauseOf(ex)) {
				throw ex;
			}
			if (session.isChanged()) {
				throw new OutageAfterwardsException(ex);
			}
			log.warn("When a session was used last is not kept: {}", ex.getClass().getSimpleName());
		}
	}

	@Override
	public @Nullable DigestedSession<S> findById(String id) {
		S found = asked(() -> this.store.findById(SessionIds.digest(id)));
		if (found == null) {
			return null;
		}
		if (!this.clock.instant().isBefore(found.getCreationTime().plus(this.maxLifetime))) {
			deleteById(id);
			return null;
		}
		SessionAttributes.clear(found);
		return DigestedSession.found(found, id, this.ids);
	}

	@Override
	public void deleteById(String id) {
		asked(() -> {
			this.store.deleteById(SessionIds.digest(id));
			return null;
		});
	}

	/** A request begins, which knows of no failure yet. */
	void begin() {
		OUT_OF_REACH.remove();
	}

	/**
	 * Hears what failed behind the filter of sessions, which then saves the session.
	 */
	void note(Exception failure) {
		if (DatabaseOutage.isCauseOf(failure)) {
			OUT_OF_REACH.set(new DataAccessResourceFailureException("The database was out of reach", failure));
		}
	}

	private <T extends @Nullable Object> T asked(Supplier<T> question) {
		RuntimeException before = OUT_OF_REACH.get();
		if (before != null) {
			throw before;
		}
		try {
			return question.get();
		}
		catch (RuntimeException ex) {
			note(ex);
			throw ex;
		}
	}

}
