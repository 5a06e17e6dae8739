package dev.latchkey.value;

import java.util.List;
import java.util.function.Function;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.testing.Inputs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever somebody gives as a time, a name, an address or a number, it is one or
 * refused, and what was read once is read as the same again.
 */
class ValueFuzzTests {

	@FuzzTest(maxDuration = "1m")
	void aTextIsAValueOrRefused(byte[] input) {
		String text = Inputs.text(input);
		read(text, Times::parse, (time) -> {
			assertThat(time).isBetween(Times.EARLIEST, Times.LATEST);
			return time.toString();
		});
		read(text, Times::parseDay, (day) -> {
			assertThat(Times.startOf(day)).isBetween(Times.EARLIEST, Times.endOf(day));
			return day.toString();
		});
		read(text, Times::parseDuration, (duration) -> duration.toString());
		read(text, Names::parse, (name) -> {
			assertThat(name.codePointCount(0, name.length())).isBetween(1, 100);
			return name;
		});
		read(text, EmailAddress::parse, (address) -> {
			assertThat(address.key()).isEqualTo(EmailAddress.keyOf(address.key())).isNotEmpty();
			return address.value();
		});
		Ids.parse(text).ifPresent((id) -> assertThat(Ids.parse(id.toString())).hasValue(id));
		Numbers.parse(text).ifPresent((number) -> assertThat(number).isBetween(0, 999_999_999));
		assertThat(Texts.strip(Texts.strip(text))).isEqualTo(Texts.strip(text));
		assertThat(Texts.shortened(text, 20).length()).isLessThanOrEqualTo(20);
		assertThat(Texts.isWellFormed(Texts.shortened(text, 20))).isEqualTo(true);
	}

	@Test
	void manyTextsAre() {
		Inputs.each(15_000,
				List.of("2027-01-31T12:00:00Z", "2027-01-31t12:00:00.123456789+23:59", "0001-01-01T00:00:00-00:01",
						"9999-12-31T23:59:59.999999999Z", "2027-02-29", "9999-12-31", "PT1H", "P2DT3H4M5.5S", "-PT1S",
						"P106751991167300DT1H", "A name of mine", "Zoë 👩‍👩‍👧", "नमस्ते", "a\u0301\u0301",
						"x@example.com", "Ünï@xn--bcher-kva.example", "first.last@sub.example.org", "a@ΑΣ.example",
						"İi@example.com", "123e4567-e89b-12d3-a456-426614174000", "0", "999999999"),
				this::aTextIsAValueOrRefused);
	}

	private static <T> void read(String text, Function<String, T> reader, Function<T, String> writer) {
		try {
			T value = reader.apply(text);
			assertThat(reader.apply(writer.apply(value))).isEqualTo(value);
		}
		catch (InvalidValueException ex) {
			assertThat(ex.getMessage()).isNotBlank();
		}
	}

}
