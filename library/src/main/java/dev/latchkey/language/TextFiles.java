package dev.latchkey.language;

/**
 * Where the files with texts lie, in the place of the server's class of the same name:
 * where no application has any.
 */
final class TextFiles {

	static final String FOLDER = "META-INF/latchkey/messages/";

	private TextFiles() {
	}

}
