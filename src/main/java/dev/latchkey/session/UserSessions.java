package dev.latchkey.session;

import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.SessionUser;
import dev.latchkey.caller.UserEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Ends the sessions of an account in the same transaction as what ends them.
 */
@Component
class UserSessions {

	private static final String DELETE = "delete from " + SessionConfiguration.TABLE
			+ " where principal_name = :user and session_id is distinct from :except";

	private final JdbcClient jdbc;

	private final JdbcIndexedSessionRepository store;

	UserSessions(JdbcClient jdbc, JdbcIndexedSessionRepository store) {
		this.jdbc = jdbc;
		this.store = store;
	}

	void endAll(UUID userId) {
		end(userId, null);
	}

	@EventListener
	void on(UserEvent.UserDisabled event) {
		endAll(event.userId());
	}

	@EventListener
	void on(UserEvent.UserDeleted event) {
		endAll(event.userId());
	}

	/** Whoever knew the old password is out; the one who changed it stays. */
	@EventListener
	void on(UserEvent.UserPasswordChanged event) {
		end(event.userId(), currentSessionOf(event.userId()));
	}

	/** What the session that stays was known by may have been seen, too. */
	@TransactionalEventListener
	void afterwards(UserEvent.UserPasswordChanged event) {
		HttpServletRequest request = currentRequestOf(event.userId());
		if (request != null && request.getSession(false) != null) {
			request.changeSessionId();
			SessionCallers.remember(request.getSession(), new SessionUser(event.userId(), event.version()));
		}
	}

	@Scheduled(fixedDelayString = "PT5M", initialDelayString = "PT1M")
	void deleteExpired() {
		this.store.cleanUpExpiredSessions();
	}

	private void end(UUID userId, @Nullable String except) {
		this.jdbc.sql(DELETE).param("user", userId.toString()).param("except", except).update();
	}

	private static @Nullable String currentSessionOf(UUID userId) {
		HttpServletRequest request = currentRequestOf(userId);
		HttpSession session = (request != null) ? request.getSession(false) : null;
		return (session != null) ? SessionIds.digest(session.getId()) : null;
	}

	/** The request that a session of this account makes, if one does. */
	private static @Nullable HttpServletRequest currentRequestOf(UUID userId) {
		boolean bySession = Caller.current()
			.filter((caller) -> caller.token() == null && caller.userId().equals(userId))
			.isPresent();
		return (bySession && RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
				? attributes.getRequest() : null;
	}

}
