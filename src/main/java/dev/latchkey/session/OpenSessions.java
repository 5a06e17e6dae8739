package dev.latchkey.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.AuditAction;
import dev.latchkey.caller.AuditedAct;
import dev.latchkey.caller.Caller;
import dev.latchkey.page.TimeFormatter;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The web sessions that an account has now: its owner sees them and ends those that he
 * does not recognise, and a sign-in leaves no more than {@value #MOST}.
 */
@Component("openSessions")
public class OpenSessions {

	/** What the form sends instead of an id to end all but the session that sends it. */
	static final String OTHERS = "others";

	/** The attribute of a session that is the address of the sign-in. */
	static final String ADDRESS = OpenSessions.class.getName() + ".ADDRESS";

	/** The attribute that is what the browser said of itself then. */
	static final String BROWSER = OpenSessions.class.getName() + ".BROWSER";

	/** More than people have browsers, and few enough to be looked through. */
	static final int MOST = 50;

	private static final String LIST = """
			select s.primary_id, s.creation_time, s.last_access_time,
			    s.session_id is not distinct from :current as current,
			    a.attribute_bytes as address, b.attribute_bytes as browser
			from web_session s
			left join web_session_attributes a on a.session_primary_id = s.primary_id and a.attribute_name = :address
			left join web_session_attributes b on b.session_primary_id = s.primary_id and b.attribute_name = :browser
			where s.principal_name = :user and s.expiry_time > :now and s.creation_time > :oldest
			order by current desc, s.last_access_time desc, s.primary_id
			""";

	private static final String END_ONE = "delete from web_session where principal_name = :user and primary_id = :id";

	private static final String END_OTHERS = """
			delete from web_session where principal_name = :user and session_id is distinct from :current
			""";

	private static final String MAKE_ROOM = """
			delete from web_session where primary_id in (select primary_id from web_session where principal_name = :user
			    order by last_access_time desc, primary_id offset :kept)
			""";

	private final JdbcClient jdbc;

	private final SessionProperties properties;

	private final TimeFormatter moments;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	private final SessionAttributes attributes = new SessionAttributes();

	OpenSessions(JdbcClient jdbc, SessionProperties properties, TimeFormatter moments, ApplicationEventPublisher events,
			Clock clock) {
		this.jdbc = jdbc;
		this.properties = properties;
		this.moments = moments;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Returns the sessions of whoever looks at the page, this one first, then the one
	 * that was used last.
	 */
	public List<OpenSession> list() {
		Caller caller = Caller.current().orElse(null);
		if (caller == null) {
			return List.of();
		}
		Instant now = this.clock.instant();
		return this.jdbc.sql(LIST)
			.param("user", caller.userId().toString())
			.param("current", current())
			.param("address", ADDRESS)
			.param("browser", BROWSER)
			.param("now", now.toEpochMilli())
			.param("oldest", now.minus(this.properties.maxLifetime()).toEpochMilli())
			.query((row, number) -> read(row))
			.list();
	}

	private OpenSession read(ResultSet row) throws SQLException {
		return new OpenSession(row.getString("primary_id"), UserAgent.describe(text(row, "browser")),
				text(row, "address"), this.moments.of(Instant.ofEpochMilli(row.getLong("creation_time"))),
				this.moments.of(Instant.ofEpochMilli(row.getLong("last_access_time"))), row.getBoolean("current"));
	}

	private @Nullable String text(ResultSet row, String column) throws SQLException {
		byte[] kept = row.getBytes(column);
		return (kept != null && this.attributes.convert(kept) instanceof String text) ? text : null;
	}

	/**
	 * Ends one session of the account that acts. One that has ended already, or is
	 * another account's, is left as it is.
	 */
	@Transactional
	void end(Actor by, UUID id) {
		UUID user = by.userId();
		if (this.jdbc.sql(END_ONE).param("user", user.toString()).param("id", id.toString()).update() > 0) {
			publish(by, user, "another session");
		}
	}

	/**
	 * Ends all sessions of the account that acts but the current one.
	 */
	@Transactional
	void endOthers(Actor by) {
		UUID user = by.userId();
		if (this.jdbc.sql(END_OTHERS).param("user", user.toString()).param("current", current()).update() > 0) {
			publish(by, user, "all other sessions");
		}
	}

	/**
	 * Ends what the account that acts has not used for longest, where a new session would
	 * be one too many.
	 */
	@Transactional
	void makeRoom(Actor by) {
		UUID user = by.userId();
		if (this.jdbc.sql(MAKE_ROOM).param("user", user.toString()).param("kept", MOST - 1).update() > 0) {
			publish(by, user, "more than %d sessions".formatted(MOST));
		}
	}

	private void publish(Actor by, UUID user, String detail) {
		this.events.publishEvent(AuditedAct.ofAccount(AuditAction.LOGOUT, by, user).saying(detail));
	}

	/** The digest by which the store knows the session of the request under way. */
	private static @Nullable String current() {
		HttpSession session = (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request)
				? request.getRequest().getSession(false) : null;
		return (session != null) ? SessionIds.digest(session.getId()) : null;
	}

}
