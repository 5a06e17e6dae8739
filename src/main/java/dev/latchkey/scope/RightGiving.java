package dev.latchkey.scope;

import java.lang.reflect.AnnotatedElement;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;

/**
 * Whether a route gives rights, as its annotations say it: those of the method, or else
 * those of its class.
 */
public enum RightGiving {

	/** Each request to it does. */
	ALWAYS,

	/** Some requests to it do. */
	SOMETIMES,

	/** None does. */
	NEVER;

	private static final Set<RequestMethod> READING = Set.of(RequestMethod.GET, RequestMethod.HEAD,
			RequestMethod.OPTIONS, RequestMethod.TRACE);

	/**
	 * Returns what the route says, or null where it says nothing.
	 * @throws IllegalStateException if the annotations contradict each other
	 */
	public static @Nullable RightGiving of(HandlerMethod handler) {
		RightGiving own = read(handler.getMethod());
		return (own != null) ? own : read(handler.getBeanType());
	}

	/** Who names no method takes all. */
	static boolean isAskedOf(Set<RequestMethod> methods) {
		return !READING.containsAll(methods) || methods.isEmpty();
	}

	private static @Nullable RightGiving read(AnnotatedElement element) {
		GivesRight gives = AnnotatedElementUtils.findMergedAnnotation(element, GivesRight.class);
		boolean never = AnnotatedElementUtils.hasAnnotation(element, GivesNoRight.class);
		if (gives == null) {
			return never ? NEVER : null;
		}
		if (never) {
			throw new IllegalStateException("%s has both @GivesRight and @GivesNoRight".formatted(element));
		}
		return gives.always() ? ALWAYS : SOMETIMES;
	}

}
