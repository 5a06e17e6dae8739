package dev.latchkey.language;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Lets templates say what the server says to programs, too; by the name {@code words}.
 */
@Component("words")
public class TemplateWords {

	/**
	 * Returns a sentence in the reader's language, or as it is where it is not known.
	 */
	public String said(String english) {
		return Said.of(english);
	}

	/**
	 * Returns why a token was revoked: a word of the server's in the reader's language,
	 * one of somebody's own as it is.
	 */
	public String whyRevoked(String reason) {
		return Said.ofEvent("token.revoked", reason);
	}

	/**
	 * Returns the language of a sentence where it is not the reader's, or null.
	 */
	public @Nullable String foreign(@Nullable String english) {
		return (english == null || Said.in(Language.current(), english).isPresent()) ? null : Language.ENGLISH.tag();
	}

}
