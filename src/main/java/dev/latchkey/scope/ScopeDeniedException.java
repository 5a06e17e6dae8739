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

	private final List<String> needed;

	private final List<List<String>> choices;

	/**
	 * Says which scopes were asked for.
	 */
	public ScopeDeniedException(List<String> required) {
		this(required, required, List.of(), false);
	}

	/**
	 * Says which scopes were asked for.
	 * @param required all that may be repeated of them
	 * @param needed those without which there is no way
	 * @param choices those of which one each is enough
	 */
	public ScopeDeniedException(List<String> required, List<String> needed, List<List<String>> choices) {
		this(required, needed, choices, false);
	}

	private ScopeDeniedException(List<String> required, List<String> needed, List<List<String>> choices,
			boolean oneSuffices) {
		super("The token lacks a scope");
		this.required = List.copyOf(required);
		this.needed = List.copyOf(needed);
		this.choices = List.copyOf(choices);
		this.oneSuffices = oneSuffices;
	}

	/** Says of which scopes one is enough. */
	static ScopeDeniedException ofOne(List<String> scopes) {
		return new ScopeDeniedException(scopes, List.of(), List.of(scopes), true);
	}

	/**
	 * Returns what is lacking, in words.
	 */
	public String inWords() {
		if (this.required.isEmpty()) {
			return "What is asked for is no scope's name, so that no token can have it.";
		}
		String scopes = String.join(" ", this.required);
		return this.oneSuffices ? "The token lacks a scope; this route asks for one of: %s.".formatted(scopes)
				: "The token lacks the scope this route asks for: %s.".formatted(scopes);
	}

	/**
	 * Returns the scopes without which there is no way.
	 */
	public List<String> needed() {
		return this.needed;
	}

	/**
	 * Returns the scopes of which one each is enough.
	 */
	public List<List<String>> choices() {
		return this.choices;
	}

	/**
	 * Returns the scopes that the route's annotation names, in its order.
	 */
	public List<String> required() {
		return this.required;
	}

}
