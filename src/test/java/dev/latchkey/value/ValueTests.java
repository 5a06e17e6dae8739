package dev.latchkey.value;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What each kind of value takes, and in which form it is kept.
 */
class ValueTests {

	@ParameterizedTest
	@ValueSource(strings = { "deploy", "Łódź", "名前", "علی\u200cرضا", "क\u094d\u200dष", "ന\u0d4d\u200d", "👩\u200d💻",
			"👨\u200d👩\u200d👧\u200d👦", "❤\ufe0f\u200d🔥", "🏳\ufe0f\u200d🌈", "1\ufe0f\u20e3", "👍🏽",
			"葛\udb40\udd00", "ℹ\ufe0f", "↔\ufe0f", "⚕\ufe0f", "👩🏽\u200d⚕\ufe0f", "🐻\u200d❄\ufe0f",
			"🏴\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f", "র\u200d\u09cdয",
			"می\u200cروم", "က\u1039\u200dက", "Apple ™\ufe0f", "a - b: (c)", "١٢٣", "e\u0301", "\uD83E\uDEE9" })
	void aNameThatCanBeSeenIsTaken(String name) {
		assertThat(Names.parse("\u00a0" + name + "\n")).isEqualTo(Texts.normalize(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\u00a0", "\u3000", "\u2800", "\u0301", "\u200b", "a\u200bb", "a\u202eb",
			"a\u2066b", "a\u200eb", "a\u200fb", "a\u061cb", "a\ufeffb", "a\u00adb", "a\u2060b", "a\u0000b", "a\nb",
			"a\u0085b", "a\u2028b", "a\u2029b", "a\u034fb", "\u3164", "a\uffa0b", "a\u115fb", "a\ufff9b", "a\ufdd0b",
			"a\uffffb", "a\ue000b", "a\udb40\udc41b", "a\ud83f\udfffb", "a\ud800b", "admin\u200d", "ad\u200cmin",
			"a\ufe0fb", "1\ufe0f", "👩\u200d", "\u200d👩", "a\u200d👩", "अ\u200d\u200d", "a\u180eb", "a\ud834\udd73b",
			"\ud834\udd59", "+\ufe0f", "+\u200d+", "<\ufe0f", "°\ufe0f", "=\u200d=", "👍\u200d+", "علی\u200c",
			"علی\u200d", "क\u200d", "क\u200c", "क\u094d\u200c", "علی\u200c x", "\u0378", "\u0378\u0301",
			"🏴\udb40\udc67\udb40\udc62\udb40\udc7f",
			"🏴\udb40\udc61\udb40\udc62\udb40\udc63\udb40\udc64\udb40\udc65\udb40\udc7f",
			"a\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f" })
	void aNameWithSomethingThatNobodySeesIsRefused(String name) {
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> Names.parse(name))
			.matches((refusal) -> !refusal.isMalformed());
	}

	/** Each of these took minutes, or filled the stack. */
	@ParameterizedTest
	@ValueSource(strings = { " ", "\u3000", "\u0301\u0323", "a.", "\\a", "a:", "xn--a9." })
	void aHostileTextOfAMegabyteIsReadAtOnce(String piece) {
		String text = "a" + piece.repeat(1_000_000 / piece.length()) + "a";
		assertThat(CompletableFuture.supplyAsync(() -> {
			assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> Names.parse(text));
			assertThat(EmailAddress.find(text)).isEmpty();
			assertThat(EmailAddress.keyOf(text)).isNotEmpty();
			assertThat(Texts.normalize(text)).isEqualTo(text);
			return Texts.strip(" " + text + " ");
		})).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(text);
	}

	@Test
	void aNameIsCountedInCodePoints() {
		assertThat(Names.parse("👍".repeat(100))).hasSize(200);
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> Names.parse("👍".repeat(101)));
		assertThat(Names.parse("e\u0301".repeat(100))).isEqualTo("é".repeat(100));
	}

	@Test
	void addressesThatAreOneHaveOneKey() {
		assertThat(List.of("a@example.com", "A@EXAMPLE.com", " a@example.com\n", "a\u200b@example.com"))
			.allSatisfy((address) -> assertThat(EmailAddress.keyOf(address)).isEqualTo("a@example.com"));
		assertThat(EmailAddress.parse("ÄRGER@x.de").key()).isEqualTo(EmailAddress.parse("a\u0308rger@x.de").key());
		assertThat(EmailAddress.parse("ΟΔΟΣ@x.gr").key()).isEqualTo(EmailAddress.parse("οδος@x.gr").key());
		assertThat(EmailAddress.parse("ı@x.tr").key()).isNotEqualTo(EmailAddress.parse("i@x.tr").key());
		assertThat(EmailAddress.keyOf("İ@x.tr")).isNotEqualTo(EmailAddress.keyOf("i@x.tr"));
		assertThat(List.of("a@bücher.example", "A@BÜCHER.example", "a@xn--bcher-kva.example", "A@XN--BCHER-KVA.EXAMPLE",
				"a@bu\u0308cher.example"))
			.allSatisfy((address) -> assertThat(EmailAddress.parse(address).key()).isEqualTo("a@bücher.example"));
		assertThat(EmailAddress.parse(" Some.Body@Example.com ").value()).isEqualTo("Some.Body@Example.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nobody", "a@b@c", "a b@c", "a@b c", "a\u00a0b@c", "a\u200bb@c", "a\u202eb@c",
			"a\ufeff@c", "a\u0000@c", "a\u200d@c", "@c", "a@", "a\u00ad@c", "a\u3164@c", "a\u2800@c", "a\ud834\udd59@c",
			"a\ud81b\udfe4@c", "a@example．com", "ａ@example.com", "a＠example.com", "a@example｡com", "a@example。com",
			"a@example.com.", "a@.com", "a@example..com", ".a@example.com", "a.@example.com", "a..b@example.com",
			"<a@example.com>", "A <a@example.com>", "mailto:c@x.com", "\"a\"@example.com", "a(b)@example.com", "a,b@c",
			"a;b@c", "a\\b@c", "a[b@c", "a@[127.0.0.1]", "a@-c.com", "a@c-.com", "a@c_d", "a@c/d", "a@c:25", "İ@x.tr",
			"I\u0307@x.tr", "ﬁ@x.com", "ⅸ@x.com", "ſ@x.com", "a@xn--.com", "a@xn--strae-oqa.de", "a@xn--99999999.com" })
	void whatHasNotTheShapeOfAnAddressIsRefused(String address) {
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> EmailAddress.parse(address));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a@b", "first.last+tag@sub.example.com", "o'neil@example.com", "jörg@straße.de",
			"用户@例子.广告", "a@xn--fsqu00a.xn--4rr70v", "a-_!#$%&*/=?^`{|}~z@1and1.com", "अजय@डाटा.भारत" })
	void anAddressAsPeopleHaveThemIsTaken(String address) {
		assertThat(EmailAddress.parse(address).value()).isEqualTo(address);
	}

	@ParameterizedTest
	@CsvSource({ "2027-01-31T12:00:00Z,2027-01-31T12:00:00Z", "2027-01-31t12:00:00z,2027-01-31T12:00:00Z",
			"2027-01-31T12:00:00.123456789123+02:00,2027-01-31T10:00:00.123456Z",
			"0001-01-01T00:00:00Z,0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z,9999-12-31T23:59:59.999999Z",
			"0000-12-31T23:00:00-02:00,0001-01-01T01:00:00Z", "2027-01-31T12:00:00+23:59,2027-01-30T12:01:00Z",
			"2027-01-31T12:00:00-18:01,2027-02-01T06:01:00Z", "2027-01-31T12:00:00-00:00,2027-01-31T12:00:00Z",
			"2027-01-31T12:00:00.1234567891+00:00,2027-01-31T12:00:00.123456Z" })
	void aTimeIsReadToTheMicrosecond(String given, Instant time) {
		assertThat(Times.parse(given)).isEqualTo(time);
	}

	@ParameterizedTest
	@CsvSource({ "0000-01-01T00:00:00+18:00,false", "0001-01-01T00:00:00+00:01,false", "0000-06-01T00:00:00Z,false",
			"9999-12-31T23:59:59-00:01,false", "2027-01-01,true", "2027-01-01T00:00:00,true", "2027-01-01T00:00Z,true",
			"2027-01-01 00:00:00Z,true", "2027-02-30T00:00:00Z,true", "+12027-01-01T00:00:00Z,true",
			"-2027-01-01T00:00:00Z,true", "2027-01-01T00:00:00+02,true", "2027-01-01T24:00:01Z,true", "1893456000,true",
			"٢٠٢٧-01-01T00:00:00Z,true", "2027-01-01T24:00:00Z,true", "2026-12-31T23:59:60Z,true",
			"2027-01-01T00:00:00+24:00,true", "2027-01-01T00:00:00+00:60,true", "2027-01-01T00:00:0000Z,true",
			"2027-01-01T00:00:00.Z,true", "'2027-01-01T00:00:00,5Z',true", "2027-01-01T00:00:00\u221202:00,true" })
	void whatIsNoTimeWithinTheYearsIsRefused(String given, boolean malformed) {
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> Times.parse(given))
			.matches((refusal) -> refusal.isMalformed() == malformed)
			.matches((refusal) -> refusal.rule().contains(malformed ? "2027-01-31T12:00:00Z" : "years 1 to 9999"));
	}

	@Test
	void whatIsComputedEndsWithTheLastMoment() {
		assertThat(Times.endOf(LocalDate.parse("9999-12-31"))).isEqualTo(Times.LATEST);
		assertThat(Times.after(Times.LATEST, Duration.ofDays(1))).isEqualTo(Times.LATEST);
		assertThat(Times.after(Instant.EPOCH, Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Times.LATEST);
		assertThat(Times.after(Instant.EPOCH, Duration.ofSeconds(1))).isEqualTo("1970-01-01T00:00:01Z");
		assertThat(Times.after(Instant.EPOCH, Duration.ofSeconds(Times.LATEST.getEpochSecond())))
			.isEqualTo("9999-12-31T23:59:59Z");
		assertThat(Times.after(Instant.EPOCH, Duration.ofSeconds(Times.LATEST.getEpochSecond(), 999_999_999)))
			.isEqualTo(Times.LATEST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1h", "PT", "3600", "PT9999999999999999999H", "P1Y" })
	void whatIsNoDurationIsRefused(String given) {
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> Times.parseDuration(given));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "+5", "-1", "٣", "５", "1e3", "1.0", "0x10", " 5", "9999999999", "5_000" })
	void whatIsNotWrittenInDigitsIsNoNumber(String given) {
		assertThat(Numbers.parse(given)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "foo", "1-1-1-1-1", "0190163d8694739b-8c8e-2b6b4b6b4b6b",
			"{0190163d-8694-739b-aea5-966c26f8ad91}", "0190163d-8694-739b-aea5-966c26f8ad91 ",
			"0190163d-8694-739b-aea5-966c26f8ad9", "٠190163d-8694-739b-aea5-966c26f8ad91" })
	void whatHasNotTheFormOfAnIdIsNone(String given) {
		assertThat(Ids.parse(given)).isEmpty();
	}

	@Test
	void anIdIsReadInEitherCase() {
		assertThat(Ids.parse("0190163D-8694-739B-AEA5-966C26F8AD91"))
			.isEqualTo(Ids.parse("0190163d-8694-739b-aea5-966c26f8ad91"))
			.isPresent();
	}

	@Test
	void halfACharacterIsNoText() {
		assertThat(Texts.isWellFormed("a👍")).isTrue();
		assertThat(Texts.isWellFormed("a\ud800")).isFalse();
		assertThat(Texts.isWellFormed("\udc00\ud800")).isFalse();
		assertThat(Texts.decode(new byte[] { (byte) 0xed, (byte) 0xa0, (byte) 0x80 })).isEmpty();
		assertThat(Texts.shortened("👍".repeat(30), 42)).endsWith("👍…");
	}

}
