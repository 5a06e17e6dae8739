package dev.latchkey.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.session.Session;

/**
 * A session that the browser knows by another id than the store.
 *
 * @param <S> what the store keeps
 */
final class DigestedSession<S extends Session> implements Session {

	private final S stored;

	private final SessionIds ids;

	private String id;

	private boolean changed;

	private DigestedSession(S stored, String id, SessionIds ids, boolean changed) {
		this.stored = stored;
		this.id = id;
		this.ids = ids;
		this.changed = changed;
	}

	/** One that nobody has stored yet. */
	static <S extends Session> DigestedSession<S> made(S made, String id, SessionIds ids) {
		return new DigestedSession<>(made, id, ids, true);
	}

	/** One that was found under the digest of its id. */
	static <S extends Session> DigestedSession<S> found(S found, String id, SessionIds ids) {
		return new DigestedSession<>(found, id, ids, false);
	}

	/** Whether more than its last use would be lost if it were not stored. */
	boolean isChanged() {
		return this.changed;
	}

	S stored() {
		return this.stored;
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public String changeSessionId() {
		this.changed = true;
		this.stored.changeSessionId();
		this.id = this.ids.takeLatest();
		return this.id;
	}

	@Override
	@SuppressWarnings("TypeParameterUnusedInFormals")
	public <T> @Nullable T getAttribute(String name) {
		return this.stored.getAttribute(name);
	}

	@Override
	public Set<String> getAttributeNames() {
		return this.stored.getAttributeNames();
	}

	@Override
	public void setAttribute(String name, Object value) {
		this.changed = true;
		this.stored.setAttribute(name, value);
	}

	@Override
	public void removeAttribute(String name) {
		this.changed = true;
		this.stored.removeAttribute(name);
	}

	@Override
	public Instant getCreationTime() {
		return this.stored.getCreationTime();
	}

	@Override
	public void setLastAccessedTime(Instant time) {
		this.stored.setLastAccessedTime(time);
	}

	@Override
	public Instant getLastAccessedTime() {
		return this.stored.getLastAccessedTime();
	}

	@Override
	public void setMaxInactiveInterval(Duration interval) {
		this.stored.setMaxInactiveInterval(interval);
	}

	@Override
	public Duration getMaxInactiveInterval() {
		return this.stored.getMaxInactiveInterval();
	}

	@Override
	public boolean isExpired() {
		return this.stored.isExpired();
	}

}
