package dev.latchkey.security;

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

	private final DeserializingConverter reader = new DeserializingConverter(getClass().getClassLoader());

	static ConversionService conversion() {
		GenericConversionService conversion = new GenericConversionService();
		conversion.addConverter(Object.class, byte[].class, new SerializingConverter());
		conversion.addConverter(byte[].class, Object.class, new SessionAttributes());
		return conversion;
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
