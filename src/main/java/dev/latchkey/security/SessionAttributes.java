package dev.latchkey.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.util.Set;

import dev.latchkey.user.SessionUser;
import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.core.serializer.support.DeserializingConverter;
import org.springframework.core.serializer.support.SerializationFailedException;
import org.springframework.core.serializer.support.SerializingConverter;

/**
 * Reads what stands in a session. What another version of the server wrote and this one
 * cannot read is as good as absent: people sign in anew instead of meeting an error until
 * they drop the cookie.
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

	private static final int MAX_BYTES = 256 * 1024;

	private static final int MAX_DEPTH = 20;

	private final DeserializingConverter reader = new DeserializingConverter(SessionAttributes::read);

	static ConversionService conversion() {
		GenericConversionService conversion = new GenericConversionService();
		conversion.addConverter(Object.class, byte[].class, new SerializingConverter());
		conversion.addConverter(byte[].class, Object.class, new SessionAttributes());
		return conversion;
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
