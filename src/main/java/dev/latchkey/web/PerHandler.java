package dev.latchkey.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.springframework.core.MethodClassKey;
import org.springframework.web.method.HandlerMethod;

/**
 * What a handler's declaration says, worked out once: every request asks for it, and
 * annotations and parameters take longer to search than a token takes to verify. What a
 * method that several classes inherit says may be another thing in each.
 *
 * @param <T> what is worked out
 */
public final class PerHandler<T> {

	private final Map<MethodClassKey, T> known = new ConcurrentHashMap<>();

	private final Function<HandlerMethod, T> work;

	public PerHandler(Function<HandlerMethod, T> work) {
		this.work = work;
	}

	public T of(HandlerMethod handler) {
		MethodClassKey key = new MethodClassKey(handler.getMethod(), handler.getBeanType());
		T found = this.known.get(key);
		return (found != null) ? found : this.known.computeIfAbsent(key, (absent) -> this.work.apply(handler));
	}

}
