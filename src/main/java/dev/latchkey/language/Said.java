package dev.latchkey.language;

import java.util.List;
import java.util.Optional;

import dev.latchkey.value.FieldFault;

/**
 * What the server says to programs and people alike, as pages say it: rules for fields,
 * reasons of refusals, descriptions of scopes, what the audit says of an event. They come
 * in English, as the API gives them; the files {@code said} and {@code event} know them
 * by their sentences.
 */
public final class Said {

	private static final Sentences ANYWHERE = new Sentences("said");

	private static final Sentences OF_EVENTS = new Sentences("event");

	private Said() {
	}

	/**
	 * Returns a sentence in the language of whoever has sent the request under way; one
	 * that is not known, as it is.
	 */
	public static String of(String english) {
		return in(Language.current(), english).orElse(english);
	}

	/**
	 * Returns faults with what is wrong in the language of whoever has sent the request
	 * under way.
	 */
	public static List<FieldFault> of(List<FieldFault> faults) {
		return faults.stream().map((fault) -> new FieldFault(fault.field(), of(fault.message()))).toList();
	}

	/**
	 * Returns the detail of an event in the language of whoever has sent the request
	 * under way; one that is not known, such as an address or a name, as it is.
	 * @param action what happened, for example {@code token.revoked}
	 */
	public static String ofEvent(String action, String detail) {
		return ofEvent(Language.current(), action, detail).orElse(detail);
	}

	/**
	 * Returns the sentence in a language, or empty where it is not known.
	 */
	static Optional<String> in(Language language, String english) {
		return ANYWHERE.in(language, "", english);
	}

	/**
	 * Returns the detail in a language, or empty where it is not known.
	 */
	static Optional<String> ofEvent(Language language, String action, String detail) {
		return OF_EVENTS.in(language, action.replaceAll("\\..*", ""), detail);
	}

}
