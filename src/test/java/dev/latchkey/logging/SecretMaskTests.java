package dev.latchkey.logging;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.latchkey.value.TokenForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretMaskTests {

	private static final String BODY = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm";

	@ParameterizedTest
	@ValueSource(strings = { "lkp", "lko", "lkr", "acme1234567p" })
	void aTokenOfEveryKindAndPrefixIsBlanked(String prefix) {
		assertThat(SecretMask.apply("got " + prefix + "_" + BODY + ", sorry")).doesNotContain(BODY)
			.isEqualTo("got " + prefix + "_****, sorry");
	}

	@ParameterizedTest
	@ValueSource(ints = { 5, 20, 48, 50, 500 })
	void aTokenOfTheWrongLengthIsBlankedToo(int length) {
		assertThat(SecretMask.apply("[lkp_" + "a7".repeat(length).substring(0, length) + "]")).isEqualTo("[lkp_****]");
	}

	@Test
	void aTokenInAnEncodedUrlIsBlanked() {
		assertThat(SecretMask.apply("GET /x?token=lkp%5f" + BODY + "&a=b")).isEqualTo("GET /x?token=lkp_****&a=b");
	}

	@Test
	void twoTokensWithNothingBetweenThemAreBlanked() {
		assertThat(SecretMask.apply("lkp_" + BODY + "lkp_" + BODY + "acmeo%5f" + BODY + " x")).isEqualTo("lkp_**** x");
		assertThat(TokenForm.masked("lkp_" + BODY + "acmeo_" + BODY + " x")).isEqualTo("lkp_**** x");
	}

	@Test
	void aTokenOfSanctumsIsBlanked() {
		assertThat(SecretMask.apply("got 12|" + BODY + "!")).isEqualTo("got 12|****!");
		assertThat(SecretMask.apply("?t=12%7c" + BODY + "&a=1|b")).isEqualTo("?t=12|****&a=1|b");
		assertThat(SecretMask.apply("Bearer 12|short x")).isEqualTo("Bearer **** x");
	}

	@Test
	void aTokenWithALetterInFrontIsBlanked() {
		assertThat(SecretMask.apply("XXlkp_" + BODY)).isEqualTo("XXlkp_****");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			authorization: Bearer abc.def-123~+/==      | authorization: Bearer ****
			authorization: bEaReR    \t a               | authorization: bEaReR ****
			[Basic bGF0Y2hrZXk6c2VjcmV0]                | [Basic ****
			q=Bearer%20secret                           | q=Bearer ****
			Basic Bearer secret                         | Basic Bearer ****
			basic  BEARER%20secret                      | basic  BEARER ****
			q=Bearer+secret                             | q=Bearer ****
			Bearer \\u0000lkp_x\\u0001 and the rest     | Bearer **** and the rest
			Bearer "secret" x                           | Bearer ****" x
			{"message":"Bearer secret"}                 | {"message":"Bearer ****"}
			{"message":"a \\"Bearer \\"secret\\" b"}    | {"message":"a \\"Bearer ****\\" b"}
			{"message":"sent:\\nBasic c2VjcmV0 b"}      | {"message":"sent:\\nBasic **** b"}
			{"message":"sent:\\n\\tBearer\\tsecret"}    | {"message":"sent:\\n\\tBearer ****"}
			""", delimiter = '|')
	void whatFollowsTheNameOfASchemeIsBlanked(String line, String masked) {
		assertThat(SecretMask.apply(line)).isEqualTo(masked);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Started in 3.2 s", "the token lkp_…AbCd was revoked", "no_such_table_anywhere",
			"Bearer", "bearer\n\tat dev.latchkey.Main", "100%", "foo_bar", "customer_0123456789", "LKP_x" })
	void anyOtherLineStaysAsItIs(String line) {
		assertThat(SecretMask.apply(line)).isEqualTo(line);
	}

	@ParameterizedTest
	@ValueSource(strings = { "lkp_", "Bearer ", "Bearer%20", "a", "ap_", "1", "1|", "%7c", "Bearer \\", "Bearer \"",
			"+", "%5f" })
	void aHostileLineOfAMegabyteIsDoneAtOnce(String piece) {
		String line = "Bearer " + piece.repeat(1_000_000 / piece.length());
		assertThat(CompletableFuture.supplyAsync(() -> SecretMask.apply(line))).succeedsWithin(Duration.ofSeconds(5));
	}

}
