package dev.latchkey.token;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32;

import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.value.Base62;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How a token looks to its holder, and what is kept of it.
 */
@LatchkeyTest
class TokenFormatTests {

	private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	@Autowired
	private TokenFormat format;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void theSecretIs256BitsAndTheChecksumTheCrc32OfAllBeforeIt() {
		String token = this.format.generate(TokenKind.PERSONAL).reveal();
		assertThat(token).hasSize(53).matches("lkp_[0-9A-Za-z]{43}[0-9A-Za-z]{6}");
		assertThat(number(token.substring(4, 47)).bitLength()).isLessThanOrEqualTo(256);
		CRC32 crc = new CRC32();
		crc.update(token.substring(0, 47).getBytes(StandardCharsets.US_ASCII));
		assertThat(number(token.substring(47))).isEqualTo(BigInteger.valueOf(crc.getValue()));
	}

	@Test
	void noTwoSecretsAreTheSameAndTheyUseAllOfTheirRange() {
		Set<String> secrets = new HashSet<>();
		BigInteger seen = BigInteger.ZERO;
		for (int i = 0; i < 2000; i++) {
			String secret = this.format.generate(TokenKind.PERSONAL).reveal().substring(4, 47);
			secrets.add(secret);
			seen = seen.or(number(secret));
		}
		assertThat(secrets).hasSize(2000);
		assertThat(seen).isEqualTo(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
	}

	@ParameterizedTest
	@CsvSource({ "0,3,000", "61,3,00z", "62,3,010", "3843,2,zz" })
	void numbersAreWrittenMostSignificantDigitFirstAndPadded(long number, int width, String digits) {
		assertThat(Base62.encode(BigInteger.valueOf(number), width)).isEqualTo(digits);
		char[] written = new char[width];
		Base62.encode(number, written, 0, width);
		assertThat(written).containsExactly(digits.toCharArray());
	}

	@Test
	void aNumberThatDoesNotFitIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Base62.encode(BigInteger.valueOf(62 * 62), 2));
	}

	@Test
	void onlyTheSha256OfTheWholeTokenIsKept() throws Exception {
		IssuedToken issued = this.people.token(this.people.user(), "notes:read");
		String raw = issued.raw().reveal();
		byte[] kept = this.jdbc.queryForObject("select digest from api_token where id = ?", byte[].class,
				issued.details().id());
		assertThat(kept).isEqualTo(MessageDigest.getInstance("SHA-256").digest(raw.getBytes(StandardCharsets.UTF_8)));
		String row = this.jdbc.queryForObject("select api_token::text from api_token where id = ?", String.class,
				issued.details().id());
		assertThat(row).doesNotContain(raw.substring(4, 20)).contains(HexFormat.of().formatHex(kept));
	}

	@Test
	void theHintIsThePrefixAndTheLastFourCharacters() {
		RawToken raw = this.format.generate(TokenKind.REFRESH);
		assertThat(raw.hint()).isEqualTo("lkr_…" + raw.reveal().substring(49));
	}

	@Test
	void secretsDoNotPrintThemselves() {
		IssuedToken issued = this.people.token(this.people.user(), "notes:read");
		assertThat(issued.toString()).doesNotContain(issued.raw().reveal().substring(4, 20));
		assertThat(TokenDigest.of(issued.raw())).hasToString("TokenDigest[****]");
	}

	private static BigInteger number(String digits) {
		BigInteger number = BigInteger.ZERO;
		for (char digit : digits.toCharArray()) {
			number = number.multiply(BigInteger.valueOf(62)).add(BigInteger.valueOf(ALPHABET.indexOf(digit)));
		}
		return number;
	}

}
