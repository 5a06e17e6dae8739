package dev.latchkey.resource;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;

/**
 * Refuses a change of a resource because of what there is besides.
 */
final class ResourceConflictException extends ProblemException {

	private static final long serialVersionUID = 1L;

	private ResourceConflictException(ProblemCode code, String detail) {
		super(code, detail);
	}

	/**
	 * Somebody else has, or somebody holds, what is to be taken.
	 * @param detail who, a sentence
	 */
	static ResourceConflictException inUse(String detail) {
		return new ResourceConflictException(ProblemCode.IN_USE, detail);
	}

	/** The settings would change it back at the next start. */
	static ResourceConflictException managedBySettings() {
		return new ResourceConflictException(ProblemCode.MANAGED_BY_SETTINGS,
				"The settings declare this resource (latchkey.resources); change it there.");
	}

}
