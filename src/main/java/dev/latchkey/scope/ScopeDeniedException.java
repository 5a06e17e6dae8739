package dev.latchkey.scope;

import java.util.List;

import org.springframework.security.access.AccessDeniedException;

/**
 * Says which scopes a route asks for that the caller's token does not have.
 */
public class ScopeDeniedException extends AccessDeniedException {

	private static final long serialVersionUID = 1L;

	private final List<String> required;

	private final String words;

	private final List<String> needed;

	private final List<List<String>> choices;

	/**
	 * Says which scopes were asked for.
	 */
	public ScopeDeniedException(List<String> required) {
		this(required, required, List.of());
	}

	/**
	 * Says which scopes were asked for.
	 * @param required all that may be repeated of them
	 * @param needed those without which there is no way
	 * @param choices those of which one each is enough
	 */
	public ScopeDeniedException(List<String> required, List<String> needed, List<List<String>> choices) {
		this(required, needed, choices,
				"The token lacks the scope this route asks for: %s.".formatted(String.join(" ", required)));
	}

	private ScopeDeniedException(List<String> required, List<String> needed, List<List<String>> choices, String words) {
		super("The token lacks a scope");
		this.required = List.copyOf(required);
		this.needed = List.copyOf(needed);
		this.choices = List.copyOf(choices);
		this.words = words;
	}

	/** Says of which scopes one is enough. */
	static ScopeDeniedException ofOne(List<String> scopes) {
		return new ScopeDeniedException(scopes, List.of(), List.of(scopes),
				"The token lacks a scope; this route asks for one of: %s.".formatted(String.join(" ", scopes)));
	}

	/**
	 * Says that no token could do.
	 * @param words why, as a sentence
	 */
	public static ScopeDeniedException ofNoToken(String words) {
		return new ScopeDeniedException(List.of(), List.of(), List.of(), words);
	}

	/**
	 * Returns what is lacking, in words.
	 */
	public String inWords() {
		return this.words;
	}

	/**
	 * Returns what the challenge says of it (RFC 6750 section 3), which names no scope
	 * where none would do.
	 */
	public String inChallenge() {
		String error = "error=\"insufficient_scope\"";
		return this.required.isEmpty() ? error : "%s, scope=\"%s\"".formatted(error, String.join(" ", this.required));
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
