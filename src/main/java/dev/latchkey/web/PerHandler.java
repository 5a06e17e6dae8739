package dev.latchkey.web;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.springframework.web.method.HandlerMethod;

/**
 * What a handler's declaration says, worked out once: every request asks for it, and
 * annotations and parameters take longer to search than a token takes to verify.
 *
 * @param <T> what is worked out
 */
public final class PerHandler<T> {

	private final Map<Method, T> known = new ConcurrentHashMap<>();

	private final Function<HandlerMethod, T> work;

	public PerHandler(Function<HandlerMethod, T> work) {
		this.work = work;
	}

	public T of(HandlerMethod handler) {
		T found = this.known.get(handler.getMethod());
		return (found != null) ? found
				: this.known.computeIfAbsent(handler.getMethod(), (method) -> this.work.apply(handler));
	}

}
