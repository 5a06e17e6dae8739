package dev.latchkey.language;

import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.LocaleResolver;

/**
 * The language of pages in an application that embeds this: the one in which the
 * application answers that request, however it found out, if there are texts in it.
 */
public final class EmbeddedLanguage implements LocaleResolver {

	private static final String APPLICATIONS = EmbeddedLanguage.class.getName();

	/**
	 * Notes the language of the request under way, which the application is answering.
	 */
	public static void note(HttpServletRequest request) {
		request.setAttribute(APPLICATIONS, Language.current().locale());
	}

	@Override
	public Locale resolveLocale(HttpServletRequest request) {
		return (request.getAttribute(APPLICATIONS) instanceof Locale noted) ? noted : request.getLocale();
	}

	@Override
	public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
		throw new UnsupportedOperationException("It is the application's to choose");
	}

}
