package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a pepper makes of a digest, held to what {@code openssl dgst -mac HMAC} prints.
 */
class PepperSealTests {

	private static final String KEY = "the first pepper that was ever set";

	private static final Pepper PEPPER = pepper(KEY);

	@Test
	void aDigestIsSealedByTheNumberAndTheHmac() {
		TokenDigest sealed = PEPPER.seal(7, TokenDigest.of("lkp_x"));
		assertThat(HexFormat.of().formatHex(sealed.bytes()))
			.isEqualTo("07a0234421a9003ca561cd5e7231224185d5a2a9a51f5ebfe12308ebc59a4e78c6");
		assertThat(sealed.isKeyed()).isTrue();
	}

	@Test
	void peppersAreToldApartByTheHalfOfAnHmac() {
		assertThat(PEPPER.fingerprint()).isEqualTo("32b5897f0cafcba6943512da80b9dcbc");
		assertThat(pepper("another one for the next rotation").fingerprint()).isNotEqualTo(PEPPER.fingerprint());
	}

	@Test
	void aPepperDoesNotPrintItself() {
		assertThat(PEPPER).hasToString("Pepper[****]");
	}

	private static Pepper pepper(String key) {
		return new Pepper(Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII)));
	}

}
