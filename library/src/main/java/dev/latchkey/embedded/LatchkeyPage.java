package dev.latchkey.embedded;

/**
 * A page of Latchkey's for a layout of the application's, which finds it under the name
 * {@code latchkey} in its model. The content is HTML that has been escaped, and is
 * inserted as it is.
 */
public final class LatchkeyPage {

	private final String title;

	private final String language;

	private final String content;

	private LatchkeyPage(String title, String language, String content) {
		this.title = title;
		this.language = language;
		this.content = content;
	}

	/** Whatever people have typed is escaped there, so that a tag is one of its own. */
	static LatchkeyPage of(String html) {
		String language = between(html, "<html lang=\"", "\"");
		String main = between(html, "<main", "</main>");
		String content = main.substring(main.indexOf('>') + 1);
		return new LatchkeyPage(unescaped(between(html, "<title>", "</title>")), language,
				"<div class=\"latchkey\" lang=\"%s\">".formatted(language) + content + "</div>");
	}

	private static String between(String html, String begin, String end) {
		int from = html.indexOf(begin) + begin.length();
		return html.substring(from, html.indexOf(end, from));
	}

	/** What its engine escapes. */
	private static String unescaped(String text) {
		return text.replace("&lt;", "<")
			.replace("&gt;", ">")
			.replace("&quot;", "\"")
			.replace("&#39;", "'")
			.replace("&amp;", "&");
	}

	/**
	 * Returns the title, as plain text.
	 */
	public String getTitle() {
		return this.title;
	}

	/**
	 * Returns the language of the texts, as HTML calls it.
	 */
	public String getLanguage() {
		return this.language;
	}

	/**
	 * Returns the content, as HTML: an element of the class {@code latchkey}. A new token
	 * may stand in it, so that it is nothing for a log.
	 */
	public String getContent() {
		return this.content;
	}

	/** Never with the content. */
	@Override
	public String toString() {
		return "LatchkeyPage";
	}

}
