package dev.latchkey.startup;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Names a setting of Spring Boot's that cannot be read, without its value.
 */
// After what a record says by itself.
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class SettingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		String name = (cause.getProperty() != null) ? cause.getProperty().getName().toString()
				: cause.getName().toString();
		Class<?> type = cause.getTarget().getType().resolve(Object.class);
		return new FailureAnalysis("Setting %s cannot be read; expected %s.".formatted(name, meant(type)), null, cause);
	}

	private static String meant(Class<?> type) {
		Object[] constants = type.getEnumConstants();
		if (constants != null) {
			return "one of " + Arrays.stream(constants)
				.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", "));
		}
		return "a value of the type " + type.getSimpleName();
	}

}
