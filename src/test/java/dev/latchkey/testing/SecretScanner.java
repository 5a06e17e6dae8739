package dev.latchkey.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Http.Answer;

/**
 * Signs reports of found tokens as GitHub does, with a key that is good for nothing else.
 */
public final class SecretScanner {

	/** How the server under test knows the key. */
	public static final String IDENTIFIER = "a-key-of-the-tests";

	static final String SETTING = IDENTIFIER
			+ "=MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8mWaBWvzM54TOmDBUfa2FACUQDnCITYTr6s591Xq2M915EDGIjUxX0aZFDSJWrTsQuq9ZlzzgsD6KffC0k1FEg==";

	private static final String PRIVATE_KEY = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQggMUFXZgNQdroCuR3EOq9e0py"
			+ "PYIZEsl5MTM1qHXnSwihRANCAATyZZoFa/MznhM6YMFR9rYUAJRAOcIhNhOvqzn3VerYz3XkQMYiNTFfRpkUNIlatOxC6r1mXPOC"
			+ "wPop98LSTUUS";

	private SecretScanner() {
	}

	/**
	 * Sends a report, rightly signed.
	 */
	public static Answer report(Http http, String body) {
		return http.send("POST", "/secret-scanning/alerts", body, headers(IDENTIFIER, sign(body)));
	}

	/**
	 * Returns the headers that go with a report.
	 */
	public static Map<String, List<String>> headers(String identifier, String signature) {
		return Map.of("Github-Public-Key-Identifier", List.of(identifier), "Github-Public-Key-Signature",
				List.of(signature));
	}

	/**
	 * Returns the signature of a body.
	 */
	public static String sign(String body) {
		try {
			Signature signature = Signature.getInstance("SHA256withECDSA");
			signature.initSign(KeyFactory.getInstance("EC")
				.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(PRIVATE_KEY))));
			signature.update(body.getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
