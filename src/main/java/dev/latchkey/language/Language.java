package dev.latchkey.language;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.RequestRejectedException;

/**
 * A language that there are all texts in. The first one is for whoever has none of them.
 */
public enum Language {

	/** English, with dates as the British write them. */
	ENGLISH("English", Locale.ENGLISH, Locale.UK),

	/** German. */
	GERMAN("Deutsch", Locale.GERMAN, Locale.GERMANY);

	/** Of the header, in characters. */
	private static final int LONGEST = 300;

	private final String ownName;

	private final Locale locale;

	private final Locale region;

	Language(String ownName, Locale locale, Locale region) {
		this.ownName = ownName;
		this.locale = locale;
		this.region = region;
	}

	/**
	 * Returns what those who speak it call it.
	 */
	public String ownName() {
		return this.ownName;
	}

	/**
	 * Returns what it is called in HTML and HTTP.
	 */
	public String tag() {
		return this.locale.toLanguageTag();
	}

	/**
	 * Returns what Java calls it.
	 */
	public Locale locale() {
		return this.locale;
	}

	/**
	 * Returns a moment with hour and minute in UTC.
	 */
	public String minute(Instant moment) {
		return format("time.full").format(moment.atOffset(ZoneOffset.UTC));
	}

	/**
	 * Returns the moment at which something ends: with the last minute of a day, it ends
	 * at 24:00 of that day, as whoever has chosen the day reads it.
	 */
	public String end(Instant moment) {
		OffsetDateTime time = moment.atOffset(ZoneOffset.UTC);
		return time.toLocalTime().equals(LocalTime.MIDNIGHT) ? format("time.end").format(time.minusDays(1))
				: minute(moment);
	}

	/**
	 * Returns a moment to the second in UTC.
	 */
	public String second(Instant moment) {
		return format("time.exact").format(moment.atOffset(ZoneOffset.UTC));
	}

	/**
	 * Returns the day of a moment in UTC.
	 */
	public String day(Instant moment) {
		return format("time.day").format(moment.atOffset(ZoneOffset.UTC));
	}

	/**
	 * Returns a day without its year.
	 */
	public String dayOfYear(LocalDate day) {
		return format("time.day-of-year").format(day);
	}

	private DateTimeFormatter format(String key) {
		return DateTimeFormatter.ofPattern(Words.in(this, key), this.region);
	}

	/**
	 * Returns the language of whoever has sent the request under way; where there is
	 * none, the first.
	 */
	public static Language current() {
		LocaleContext context = LocaleContextHolder.getLocaleContext();
		Locale locale = (context != null) ? context.getLocale() : null;
		return (locale != null) ? of(locale) : ENGLISH;
	}

	/**
	 * Returns the language with this tag.
	 */
	public static Optional<Language> ofTag(String tag) {
		return Stream.of(values()).filter((language) -> language.tag().equals(tag)).findFirst();
	}

	/**
	 * Returns the language that a browser asks for most. What is longer than any browser
	 * sends is not read, nor what cannot be.
	 */
	static Language asked(HttpServletRequest request) {
		try {
			String asked = String.join(",", Collections.list(request.getHeaders(HttpHeaders.ACCEPT_LANGUAGE)));
			if (asked.isBlank() || asked.length() > LONGEST) {
				return ENGLISH;
			}
			List<LanguageRange> ranges = LanguageRange.parse(asked)
				.stream()
				.filter((range) -> range.getWeight() > 0)
				.toList();
			Locale best = Locale.lookup(ranges, Stream.of(values()).map(Language::locale).toList());
			return (best != null) ? of(best) : ENGLISH;
		}
		catch (IllegalArgumentException | RequestRejectedException ex) {
			// The latter refuses a header with control characters when it is read.
			return ENGLISH;
		}
	}

	private static Language of(Locale locale) {
		return Stream.of(values())
			.filter((language) -> language.locale.getLanguage().equals(locale.getLanguage()))
			.findFirst()
			.orElse(ENGLISH);
	}

}
