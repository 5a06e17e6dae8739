package dev.latchkey.scope;

import java.util.List;

import org.springframework.security.access.AccessDeniedException;

/**
 * Says which scopes a route asks for that the caller's token does not have.
 */
public class ScopeDeniedException extends AccessDeniedException {

	private static final long serialVersionUID = 1L;

	private final List<String> required;

	private final boolean oneSuffices;

	/**
	 * Says which scopes were asked for.
	 */
	public ScopeDeniedException(List<String> required) {
		this(required, false);
	}

	ScopeDeniedException(List<String> required, boolean oneSuffices) {
		super("The token lacks a scope");
		this.required = List.copyOf(required);
		this.oneSuffices = oneSuffices;
	}

	/**
	 * Returns what is lacking, in words.
	 */
	public String inWords() {
		String scopes = String.join(" ", this.required);
		return this.oneSuffices ? "The token lacks a scope; this route asks for one of: %s.".formatted(scopes)
				: "The token lacks the scope this route asks for: %s.".formatted(scopes);
	}

	/**
	 * Returns whether one of the scopes is enough.
	 */
	public boolean oneSuffices() {
		return this.oneSuffices;
	}

	/**
	 * Returns the scopes that the route's annotation names, in its order.
	 */
	public List<String> required() {
		return this.required;
	}

}
