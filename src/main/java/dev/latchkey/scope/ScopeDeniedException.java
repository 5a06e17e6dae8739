package dev.latchkey.scope;

import java.util.List;

import org.springframework.security.access.AccessDeniedException;

/**
 * Says which scopes a route asks for that the caller's token does not have.
 */
public class ScopeDeniedException extends AccessDeniedException {

	private static final long serialVersionUID = 1L;

	private final List<String> required;

	/**
	 * Says which scopes were asked for.
	 */
	public ScopeDeniedException(List<String> required) {
		super("The token lacks the scope this route asks for: " + String.join(" ", required));
		this.required = List.copyOf(required);
	}

	/**
	 * Returns the scopes that the route's annotation names, in its order.
	 */
	public List<String> required() {
		return this.required;
	}

}
