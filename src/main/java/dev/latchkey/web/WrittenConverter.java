package dev.latchkey.web;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Writes one type of answer in batches, and reads nothing.
 *
 * @param <T> the type
 */
abstract class WrittenConverter<T> extends AbstractHttpMessageConverter<T> {

	private final Class<T> written;

	WrittenConverter(Class<T> written, MediaType type) {
		super(type);
		this.written = written;
	}

	@Override
	protected boolean supports(Class<?> type) {
		return type == this.written;
	}

	@Override
	public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
		return false;
	}

	@Override
	protected T readInternal(Class<? extends T> type, HttpInputMessage input) {
		throw new HttpMessageNotReadableException("This is only written", input);
	}

	/** The container drops a body that nobody asked for, but only once it is made. */
	static boolean isHead() {
		return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
				&& HttpMethod.HEAD.matches(attributes.getRequest().getMethod());
	}

}
