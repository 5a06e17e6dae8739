package dev.latchkey.language;

/**
 * Where the files with texts lie. In an application that embeds this they lie elsewhere,
 * by a class of the same name in the library.
 */
final class TextFiles {

	static final String FOLDER = "messages/";

	private TextFiles() {
	}

}
