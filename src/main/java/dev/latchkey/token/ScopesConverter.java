package dev.latchkey.token;

import dev.latchkey.scope.Scopes;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/**
 * Keeps scopes in the form of RFC 6749 section 3.3.
 */
@Converter
class ScopesConverter implements AttributeConverter<Scopes, String> {

	@Override
	public String convertToDatabaseColumn(Scopes scopes) {
		return scopes.toString();
	}

	@Override
	public Scopes convertToEntityAttribute(String stored) {
		return Scopes.parse(stored);
	}

}
