package dev.latchkey.resourceserver.spring;

import java.util.List;

import org.springframework.security.access.AccessDeniedException;

/**
 * Ends a call whose token lacks a scope.
 */
class ScopeDeniedException extends AccessDeniedException {

	private static final long serialVersionUID = 1L;

	private final transient List<String> required;

	ScopeDeniedException(List<String> required) {
		super("A scope is lacking");
		this.required = required;
	}

	List<String> required() {
		return this.required;
	}

}
