package dev.latchkey.language;

import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * The texts of pages, from the files {@code page}, in the language of whoever has sent
 * the request under way.
 */
public final class Words {

	private static final ResourceBundleMessageSource TEXTS = texts(TextFiles.FOLDER + "page");

	private Words() {
	}

	/**
	 * Returns a text.
	 * @param key what it is called
	 * @param arguments what stands in it for {0} and so on
	 */
	public static String of(String key, Object... arguments) {
		return in(Language.current(), key, arguments);
	}

	/**
	 * Returns a total as people read it.
	 * @param exact up to which number it is exact
	 */
	public static String total(long total, long exact) {
		return (total <= exact) ? of("shared.number", total) : of("shared.more-than", exact);
	}

	static String in(Language language, String key, Object... arguments) {
		return TEXTS.getMessage(key, arguments, language.locale());
	}

	/**
	 * Returns all texts, for templates.
	 */
	static MessageSource all() {
		return TEXTS;
	}

	/**
	 * Returns the texts of some files: a name, and for each other language one after it.
	 */
	public static ResourceBundleMessageSource texts(String name) {
		ResourceBundleMessageSource texts = new ResourceBundleMessageSource();
		texts.setBasename(name);
		texts.setDefaultEncoding("UTF-8");
		texts.setFallbackToSystemLocale(false);
		texts.setAlwaysUseMessageFormat(true);
		return texts;
	}

}
