package dev.latchkey.page;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The form for a new token as a link fills it in.
 *
 * @param form what stands in the fields, and what is ticked
 * @param notes what the link asks for and does not get
 */
record LinkedForm(NewTokenForm form, List<Note> notes) {

	/**
	 * Something that a link asks for and does not get.
	 *
	 * @param scope the scope that it is about, or null
	 * @param why the rest of the sentence, or all of it
	 */
	record Note(@Nullable String scope, String why) {

	}

}
