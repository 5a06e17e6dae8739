package dev.latchkey.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.latchkey.caller.SessionUser;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.core.serializer.support.DeserializingConverter;
import org.springframework.core.serializer.support.SerializationFailedException;
import org.springframework.core.serializer.support.SerializingConverter;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.session.Session;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * Reads what stands in a session. What another version of the server wrote and this one
 * cannot read, or has no place for, is as good as absent: people sign in anew instead of
 * meeting an error until they drop the cookie.
 */
class SessionAttributes implements Converter<byte[], Object> {

	/** What is kept in sessions, and what that consists of. */
	private static final Set<String> KEPT = Set.of("org.springframework.security.core.context.SecurityContextImpl",
			"org.springframework.security.authentication.UsernamePasswordAuthenticationToken",
			"org.springframework.security.authentication.AbstractAuthenticationToken",
			"org.springframework.security.web.csrf.DefaultCsrfToken", "org.springframework.web.servlet.FlashMap",
			"org.springframework.util.LinkedMultiValueMap", "org.springframework.util.MultiValueMapAdapter",
			SessionUser.class.getName(), "java.util.UUID", "java.lang.String", "java.lang.Boolean", "java.lang.Number",
			"java.lang.Integer", "java.lang.Long", "java.util.HashMap", "java.util.LinkedHashMap",
			"java.util.Map$Entry", "java.util.ArrayList", "java.util.concurrent.CopyOnWriteArrayList",
			"java.util.Collections$EmptyList", "java.util.Collections$UnmodifiableCollection",
			"java.util.Collections$UnmodifiableList", "java.util.Collections$UnmodifiableRandomAccessList",
			"java.lang.Object");

	/** Each attribute that a session has, with what belongs there. */
	private static final Map<String, Predicate<Object>> PLACES = Map.of(
			HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
			(value) -> value instanceof SecurityContextImpl context
					&& context.getAuthentication() instanceof UsernamePasswordAuthenticationToken signedIn
					&& signedIn.getPrincipal() instanceof SessionUser user && user.id() != null,
			HttpSessionCsrfTokenRepository.class.getName() + ".CSRF_TOKEN",
			(value) -> value instanceof DefaultCsrfToken csrf && "_csrf".equals(csrf.getParameterName())
					&& "X-CSRF-TOKEN".equals(csrf.getHeaderName()),
			SessionFlashMapManager.class.getName() + ".FLASH_MAPS",
			(value) -> value instanceof List<?> pages && pages.stream().allMatch(FlashMap.class::isInstance),
			ReturnPath.ADDRESS, String.class::isInstance, ReturnPath.FORM, String.class::isInstance,
			OpenSessions.ADDRESS, String.class::isInstance, OpenSessions.BROWSER, String.class::isInstance);

	private static final int MAX_BYTES = 256 * 1024;

	private static final int MAX_DEPTH = 20;

	private final DeserializingConverter reader = new DeserializingConverter(SessionAttributes::read);

	static ConversionService conversion() {
		GenericConversionService conversion = new GenericConversionService();
		conversion.addConverter(Object.class, byte[].class, new SerializingConverter());
		conversion.addConverter(byte[].class, Object.class, new SessionAttributes());
		return conversion;
	}

	/**
	 * Takes out of a session what does not belong where it stands, before anybody meets
	 * it there.
	 */
	static void clear(Session session) {
		for (String name : Set.copyOf(session.getAttributeNames())) {
			Object value = session.getAttribute(name);
			if (value != null && !PLACES.getOrDefault(name, (other) -> false).test(value)) {
				session.removeAttribute(name);
			}
		}
	}

	private static Object read(InputStream stored) throws IOException {
		try (ObjectInputStream input = new ObjectInputStream(stored)) {
			input.setObjectInputFilter(SessionAttributes::admit);
			return input.readObject();
		}
		catch (ClassNotFoundException ex) {
			throw new IOException("A class that is not there", ex);
		}
	}

	/** Whoever can write to the table must not thereby run code on the server. */
	private static ObjectInputFilter.Status admit(ObjectInputFilter.FilterInfo info) {
		if (info.depth() > MAX_DEPTH || info.streamBytes() > MAX_BYTES || info.arrayLength() > MAX_BYTES) {
			return ObjectInputFilter.Status.REJECTED;
		}
		Class<?> type = info.serialClass();
		while (type != null && type.isArray()) {
			type = type.getComponentType();
		}
		return (type == null || type.isPrimitive() || KEPT.contains(type.getName())) ? ObjectInputFilter.Status.ALLOWED
				: ObjectInputFilter.Status.REJECTED;
	}

	/** The checker does not see that the interface allows null. */
	@Override
	@SuppressWarnings("NullAway")
	public @Nullable Object convert(byte[] bytes) {
		try {
			return this.reader.convert(bytes);
		}
		catch (SerializationFailedException ex) {
			return null;
		}
	}

}
