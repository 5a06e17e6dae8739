package dev.latchkey.web;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a body that is said to be anything but JSON, and for a change a merge patch
 * besides, or what the handler {@linkplain Takes takes} instead. Spring reads every kind
 * of JSON as if it was plain, a JSON Patch (RFC 6902) too, whose null means something
 * else; and a body that is said to be of any kind at all it takes for a fault of the
 * server's own. JSON is UTF-8 whatever is said of it (RFC 8259 section 11); what a
 * handler takes instead is, too, so that another {@code charset} says that it is not.
 */
class ContentTypeInterceptor implements HandlerInterceptor {

	/** The second is a part of the first. */
	private static final Set<Charset> READ = Set.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII);

	static final MediaType MERGE_PATCH = MediaType.valueOf("application/merge-patch+json");

	private final BodyReaders readers = new BodyReaders();

	/** What handlers take instead of JSON; nothing for most. */
	private final PerHandler<List<MediaType>> others = new PerHandler<>(ContentTypeInterceptor::others);

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws HttpMediaTypeNotSupportedException {
		String header = request.getContentType();
		MediaType given = read(header);
		List<MediaType> others = (handler instanceof HandlerMethod known) ? this.others.of(known) : List.of();
		boolean isNone = header == null || header.isBlank();
		if (isNone && others.isEmpty()) {
			return true;
		}
		HttpMethod method = HttpMethod.valueOf(request.getMethod());
		List<MediaType> taken = others.isEmpty() ? json(method) : others;
		if ((given == null || taken.stream().noneMatch(given::equalsTypeAndSubtype)) && this.readers.contain(handler)) {
			throw new HttpMediaTypeNotSupportedException(given, taken, method);
		}
		if (given != null && !others.isEmpty() && given.getCharset() != null && !READ.contains(given.getCharset())) {
			throw new HttpMediaTypeNotSupportedException(given,
					others.stream().map((type) -> new MediaType(type, StandardCharsets.UTF_8)).toList(), method);
		}
		return true;
	}

	private static List<MediaType> json(HttpMethod method) {
		return method.equals(HttpMethod.PATCH) ? List.of(MediaType.APPLICATION_JSON, MERGE_PATCH)
				: List.of(MediaType.APPLICATION_JSON);
	}

	private static List<MediaType> others(HandlerMethod handler) {
		Takes takes = handler.getMethodAnnotation(Takes.class);
		return (takes != null) ? List.of(MediaType.parseMediaType(takes.value())) : List.of();
	}

	/** What is no media type at all is none that is taken. */
	private static @Nullable MediaType read(@Nullable String given) {
		try {
			return (given != null && !given.isBlank()) ? MediaType.parseMediaType(given) : null;
		}
		catch (InvalidMediaTypeException ex) {
			return null;
		}
	}

}
