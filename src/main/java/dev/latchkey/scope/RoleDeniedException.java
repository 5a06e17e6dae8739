package dev.latchkey.scope;

import org.springframework.security.access.AccessDeniedException;

/**
 * Says which role a route asks for that the caller's account does not have.
 */
public class RoleDeniedException extends AccessDeniedException {

	private static final long serialVersionUID = 1L;

	private final Role required;

	RoleDeniedException(Role required) {
		super("The role of the account does not allow this");
		this.required = required;
	}

	/**
	 * Returns what is lacking, in words.
	 */
	public String inWords() {
		return "The role of the account does not allow this; it takes the role %s.".formatted(this.required);
	}

}
