package dev.latchkey.web;

import java.util.Arrays;

import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/**
 * Knows which handlers read a body.
 */
final class BodyReaders {

	private final PerHandler<Boolean> known = new PerHandler<>((handler) -> Arrays.stream(handler.getMethodParameters())
		.anyMatch((parameter) -> parameter.hasParameterAnnotation(RequestBody.class)));

	boolean contain(Object handler) {
		return handler instanceof HandlerMethod method && this.known.of(method);
	}

}
