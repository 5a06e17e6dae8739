package dev.latchkey.scope;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * What a method asks of its caller, read once from its annotation.
 *
 * @param kind how many of the scopes it asks for, or none
 * @param scopes the scopes, in the annotation's order
 */
public record AccessRule(Kind kind, List<String> scopes) {

	/** How many scopes a rule asks for. */
	public enum Kind {

		/** Nobody has to sign in. */
		EVERYBODY,

		/** Whoever is signed in may pass. */
		SIGNED_IN,

		/** Every one of the scopes. */
		ALL_OF,

		/** One of the scopes. */
		ANY_OF

	}

	/**
	 * Reads the annotation of the method, or else that of its class.
	 * @return the rule, or null where neither says anything
	 * @throws IllegalStateException if the annotations contradict each other
	 */
	public static @Nullable AccessRule of(AnnotatedElement method, Class<?> type) {
		AccessRule own = read(method);
		return (own != null) ? own : read(type);
	}

	private static @Nullable AccessRule read(AnnotatedElement element) {
		List<AccessRule> found = new ArrayList<>();
		if (AnnotatedElementUtils.hasAnnotation(element, Public.class)) {
			found.add(new AccessRule(Kind.EVERYBODY, List.of()));
		}
		if (AnnotatedElementUtils.hasAnnotation(element, AnyToken.class)) {
			found.add(new AccessRule(Kind.SIGNED_IN, List.of()));
		}
		RequiresScope required = AnnotatedElementUtils.findMergedAnnotation(element, RequiresScope.class);
		if (required != null) {
			found.add(of(required, element));
		}
		if (found.size() > 1) {
			throw new IllegalStateException(
					"%s has more than one of @RequiresScope, @AnyToken and @Public".formatted(element));
		}
		return found.isEmpty() ? null : found.get(0);
	}

	private static AccessRule of(RequiresScope required, AnnotatedElement element) {
		if ((required.value().length == 0) == (required.anyOf().length == 0)) {
			throw new IllegalStateException("@RequiresScope at %s names either value or anyOf".formatted(element));
		}
		return (required.value().length > 0) ? new AccessRule(Kind.ALL_OF, List.of(required.value()))
				: new AccessRule(Kind.ANY_OF, List.of(required.anyOf()));
	}

}
