package dev.latchkey.web;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Writes what a route answers where it can only be JSON: {@link AcceptInterceptor} has
 * said so before the route was called, and the type of the body is a record. Spring would
 * work out for each answer which of its converters can write it, and in which forms; all
 * other answers are left to it.
 */
class JsonReturnValueHandler implements HandlerMethodReturnValueHandler {

	private final JsonMapper json;

	private final HandlerMethodReturnValueHandler others;

	/** For methods whose answer is no record there is none. */
	private final Map<Method, Optional<ObjectWriter>> writers = new ConcurrentHashMap<>();

	JsonReturnValueHandler(JsonMapper json, HandlerMethodReturnValueHandler others) {
		this.json = json;
		this.others = others;
	}

	@Override
	public boolean supportsReturnType(MethodParameter type) {
		return true;
	}

	@Override
	public void handleReturnValue(@Nullable Object body, MethodParameter type, ModelAndViewContainer page,
			NativeWebRequest exchange) throws Exception {
		HttpServletRequest request = exchange.getNativeRequest(HttpServletRequest.class);
		HttpServletResponse response = exchange.getNativeResponse(HttpServletResponse.class);
		ObjectWriter writer = (body instanceof Record && request != null && AcceptInterceptor.hasChosenJson(request))
				? writer(type) : null;
		if (writer == null || response == null) {
			this.others.handleReturnValue(body, type, page, exchange);
			return;
		}
		page.setRequestHandled(true);
		write(writer, body, response);
	}

	private static void write(ObjectWriter writer, @Nullable Object body, HttpServletResponse response)
			throws IOException {
		byte[] bytes;
		try {
			bytes = writer.writeValueAsBytes(body);
		}
		catch (JacksonException ex) {
			throw new HttpMessageNotWritableException("Could not write JSON: " + ex.getOriginalMessage(), ex);
		}
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.setContentLength(bytes.length);
		response.getOutputStream().write(bytes);
	}

	private @Nullable ObjectWriter writer(MethodParameter type) {
		Method method = type.getMethod();
		if (method == null) {
			return null;
		}
		Optional<ObjectWriter> known = this.writers.get(method);
		return ((known != null) ? known : this.writers.computeIfAbsent(method, (absent) -> find(absent, type)))
			.orElse(null);
	}

	/**
	 * What a generic type holds is known to Spring's converter alone, and so is what
	 * another thread has found: whatever that is, it comes by one and the same method.
	 */
	private Optional<ObjectWriter> find(Method method, MethodParameter type) {
		boolean isBody = type.hasMethodAnnotation(ResponseBody.class)
				|| AnnotatedElementUtils.hasAnnotation(type.getContainingClass(), ResponseBody.class);
		return (isBody && method.getGenericReturnType() instanceof Class<?> record && record.isRecord())
				? Optional.of(this.json.writerFor(record)) : Optional.empty();
	}

}
