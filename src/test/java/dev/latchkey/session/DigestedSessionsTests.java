package dev.latchkey.session;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

import dev.latchkey.persistence.DatabaseOutage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What becomes of a request whose session cannot be saved any more when it is done.
 */
class DigestedSessionsTests {

	private final FailingStore store = new FailingStore();

	private final SessionIds ids = new SessionIds();

	private final DigestedSessions<MapSession> sessions = new DigestedSessions<>(this.store, this.ids,
			Duration.ofHours(1), Clock.systemUTC());

	private DigestedSession<MapSession> known;

	@BeforeEach
	void saveOne() {
		this.store.setSessionIdGenerator(this.ids);
		this.sessions.begin();
		DigestedSession<MapSession> made = this.sessions.createSession();
		this.sessions.save(made);
		this.known = this.sessions.findById(made.getId());
		assertThat(this.known).isNotNull();
	}

	@Test
	void whatWasDoneIsAnsweredWhereNothingButTheLastUseIsLost() {
		this.store.away = true;
		assertThatCode(() -> this.sessions.save(this.known)).doesNotThrowAnyException();
	}

	@Test
	void whereSomethingIsLostNobodyIsToldThatNothingWasDone() {
		this.known.setAttribute("kept", "for the next page");
		this.store.away = true;
		Throwable failure = catchThrowable(() -> this.sessions.save(this.known));
		assertThat(DatabaseOutage.isCauseOf(failure)).isTrue();
		assertThat(DatabaseOutage.leavesUnknown(failure)).isTrue();
	}

	@Test
	void aSessionThatWasNeverSavedIsNotPassedOver() {
		DigestedSession<MapSession> made = this.sessions.createSession();
		this.store.away = true;
		assertThat(catchThrowable(() -> this.sessions.save(made))).isNotNull();
	}

	private static final class FailingStore extends MapSessionRepository {

		private boolean away;

		private FailingStore() {
			super(new ConcurrentHashMap<>());
		}

		@Override
		public void save(MapSession session) {
			if (this.away) {
				throw new CannotGetJdbcConnectionException("away");
			}
			super.save(session);
		}

	}

}
