package dev.latchkey.account;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import dev.latchkey.scope.Role;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/**
 * Keeps roles as their names with single spaces between them.
 */
@Converter
class RoleSetConverter implements AttributeConverter<Set<Role>, String> {

	@Override
	public String convertToDatabaseColumn(Set<Role> roles) {
		return roles.stream().sorted().map(Role::name).collect(Collectors.joining(" "));
	}

	@Override
	public Set<Role> convertToEntityAttribute(String stored) {
		return Collections.unmodifiableSet(Arrays.stream(stored.split(" "))
			.map(Role::valueOf)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class))));
	}

}
