package dev.latchkey.language;

import java.time.Instant;
import java.time.LocalDate;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which language somebody reads, and how numbers and dates are written in it.
 */
class LanguageTests {

	private static final Instant MOMENT = Instant.parse("2027-03-05T06:07:08Z");

	@AfterEach
	void forget() {
		LocaleContextHolder.resetLocaleContext();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "de | GERMAN", "de-AT | GERMAN", "fr, de;q=0.5 | GERMAN", "en;q=0.4, de;q=0.6 | GERMAN",
					"en-US,en;q=0.9,de;q=0.8 | ENGLISH", "fr | ENGLISH", "* | ENGLISH", "de;q=0, en | ENGLISH",
					"de;q=0 | ENGLISH", "'' | ENGLISH", "; | ENGLISH", "de;q=x | ENGLISH" })
	void isWhatTheBrowserAsksForMost(String asked, Language language) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.addHeader("Accept-Language", asked);
		assertThat(ReadersLanguage.of(request)).isEqualTo(language);
	}

	@Test
	void isEnglishForWhoAsksForNothingOrForFarTooMuch() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		assertThat(ReadersLanguage.of(request)).isEqualTo(Language.ENGLISH);
		MockHttpServletRequest odd = new MockHttpServletRequest();
		odd.addHeader("Accept-Language", "de" + ",de-AT".repeat(10_000));
		assertThat(ReadersLanguage.of(odd)).isEqualTo(Language.ENGLISH);
	}

	@Test
	void isEnglishWhereNobodyAsks() {
		assertThat(Language.current()).isEqualTo(Language.ENGLISH);
		assertThat(Words.of("shared.cancel")).isEqualTo("Cancel");
	}

	@Test
	void writesDatesAndNumbersAsItsReadersDo() {
		assertThat(Language.ENGLISH.minute(MOMENT)).isEqualTo("5 Mar 2027, 06:07\u00a0UTC");
		assertThat(Language.GERMAN.minute(MOMENT)).isEqualTo("5. März 2027, 06:07\u00a0UTC");
		assertThat(Language.ENGLISH.end(MOMENT)).isEqualTo("5 Mar 2027, 06:07\u00a0UTC");
		assertThat(Language.ENGLISH.end(Instant.parse("2027-01-01T00:00:00Z")))
			.isEqualTo("31 Dec 2026, 24:00\u00a0UTC");
		assertThat(Language.GERMAN.end(Instant.parse("2027-03-01T00:00:00Z")))
			.isEqualTo("28. Feb. 2027, 24:00\u00a0UTC");
		assertThat(Language.ENGLISH.second(MOMENT)).isEqualTo("5 Mar 2027, 06:07:08\u00a0UTC");
		assertThat(Language.GERMAN.second(MOMENT)).isEqualTo("5. März 2027, 06:07:08\u00a0UTC");
		assertThat(Language.GERMAN.dayOfYear(LocalDate.of(2026, 12, 27))).isEqualTo("27. Dez.");
		assertThat(Words.total(10_000, 10_000)).isEqualTo("10,000");
		assertThat(Words.total(10_001, 10_000)).isEqualTo("more than 10,000");
		assertThat(Words.of("audit.times", 1440)).isEqualTo("1440 times");
		assertThat(Words.of("token.use.bar", "27 Dec", 1440)).isEqualTo("27 Dec: 1440 minutes");
		LocaleContextHolder.setLocale(Language.GERMAN.locale());
		assertThat(Words.total(10_001, 10_000)).isEqualTo("mehr als 10.000");
		assertThat(Words.of("several.done.many", 1440)).isEqualTo("1440 Token sind widerrufen.");
	}

	@Test
	void saysWhatTheServerSaysToProgramsToo() {
		assertThat(Said.of("must have 1 to 100 characters")).isEqualTo("must have 1 to 100 characters");
		LocaleContextHolder.setLocale(Language.GERMAN.locale());
		assertThat(Said.of("must have 1 to 100 characters")).isEqualTo("muss 1 bis 100 Zeichen haben");
		assertThat(Said.of("Too many sign-ins have failed. Try again in 1 second."))
			.isEqualTo("Zu viele Anmeldungen sind fehlgeschlagen. Versuchen Sie es in 1 Sekunde noch einmal.");
		assertThat(Said.of("nobody says so")).isEqualTo("nobody says so");
	}

	/** Looked for without a bound, the first takes minutes. */
	@Test
	void aTextThatSomebodyMadeUpIsLookedForInNoTime() {
		String gaps = "cannot have " + ", a scope of x".repeat(100_000);
		assertThat(Said.in(Language.GERMAN, gaps)).isEmpty();
		assertThat(Said.in(Language.GERMAN, "x".repeat(1_000_000))).isEmpty();
		String known = "cannot have x, a scope of %s: the token is not made for that resource";
		assertThat(Said.in(Language.GERMAN, known.formatted("x".repeat(900)))).isPresent();
		assertThat(Said.in(Language.GERMAN, known.formatted("x".repeat(Sentences.MAX_LENGTH)))).isEmpty();
	}

	@Test
	void aLongListIsSaidInGermanToo() {
		assertThat(Said.in(Language.GERMAN,
				"The resource is in use: these clients belong to it: %s.".formatted("reports, ".repeat(10_000))))
			.hasValueSatisfying((german) -> assertThat(german).doesNotContain("The resource"));
	}

}
