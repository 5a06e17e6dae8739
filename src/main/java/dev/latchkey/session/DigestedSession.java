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
class DigestedSession<S extends Session> implements Session {

	private final S stored;

	private final SessionIds ids;

	private String id;

	DigestedSession(S stored, String id, SessionIds ids) {
		this.stored = stored;
		this.id = id;
		this.ids = ids;
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
		this.stored.setAttribute(name, value);
	}

	@Override
	public void removeAttribute(String name) {
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
