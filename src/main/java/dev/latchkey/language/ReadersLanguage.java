package dev.latchkey.language;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/**
 * Finds out in which language somebody reads: as chosen on a page, which a cookie keeps,
 * else as the browser asks.
 */
@Component("localeResolver")
public class ReadersLanguage implements LocaleResolver {

	/** What the cookie is called, after the prefix that it has over TLS. */
	static final String COOKIE = "latchkey_language";

	private static final String FOUND = ReadersLanguage.class.getName();

	private static final Duration AGE = Duration.ofDays(365);

	@Override
	public Locale resolveLocale(HttpServletRequest request) {
		return of(request).locale();
	}

	/**
	 * Returns the language of who sent a request.
	 */
	public static Language of(HttpServletRequest request) {
		if (request.getAttribute(FOUND) instanceof Language found) {
			return found;
		}
		Language language = chosen(request).orElseGet(() -> Language.asked(request));
		request.setAttribute(FOUND, language);
		return language;
	}

	/**
	 * Keeps a choice, in the browser alone.
	 */
	public static void choose(Language language, HttpServletRequest request, HttpServletResponse response) {
		response.addHeader(HttpHeaders.SET_COOKIE,
				ResponseCookie.from(name(request), language.tag())
					.path("/")
					.httpOnly(true)
					.secure(request.isSecure())
					.sameSite("Lax")
					.maxAge(AGE)
					.build()
					.toString());
	}

	@Override
	public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
		throw new UnsupportedOperationException("It is chosen on a page");
	}

	private static Optional<Language> chosen(HttpServletRequest request) {
		Cookie cookie = WebUtils.getCookie(request, name(request));
		return (cookie != null) ? Language.ofTag(cookie.getValue()) : Optional.empty();
	}

	private static String name(HttpServletRequest request) {
		return request.isSecure() ? "__Host-" + COOKIE : COOKIE;
	}

}
