package dev.latchkey.leak;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The public keys of secret scanners, and what is signed with them: ECDSA with SHA-256 on
 * the curve P-256, the signature in DER (RFC 3279 section 2.2.3).
 */
final class ScannerKeys {

	private static final String CURVE = "secp256r1";

	private final Map<String, PublicKey> keys;

	private ScannerKeys(Map<String, PublicKey> keys) {
		this.keys = keys;
	}

	/**
	 * Reads keys as the settings have them.
	 */
	static ScannerKeys of(List<String> settings) {
		Map<String, PublicKey> keys = new HashMap<>();
		for (String setting : settings) {
			// The key itself may end in the same sign.
			int end = setting.indexOf('=');
			String identifier = setting.substring(0, Math.max(end, 0)).strip();
			if (identifier.isEmpty() || keys.put(identifier, read(setting.substring(end + 1))) != null) {
				throw new IllegalArgumentException("An identifier is missing or given twice");
			}
		}
		return new ScannerKeys(keys);
	}

	/**
	 * Returns whether the settings are keys, each with an identifier of its own.
	 */
	static boolean areReadable(List<String> settings) {
		try {
			of(settings);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static PublicKey read(String pem) {
		String base64 = pem.replace("-----BEGIN PUBLIC KEY-----", "")
			.replace("-----END PUBLIC KEY-----", "")
			.replaceAll("\\s|\\\\n", "");
		try {
			ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC")
				.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
			if (!isOfThatCurve(key)) {
				throw new IllegalArgumentException("The key is not of the curve P-256");
			}
			return key;
		}
		catch (GeneralSecurityException | ClassCastException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static boolean isOfThatCurve(ECPublicKey key) throws GeneralSecurityException {
		AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
		parameters.init(new ECGenParameterSpec(CURVE));
		return parameters.getParameterSpec(ECParameterSpec.class).getCurve().equals(key.getParams().getCurve());
	}

	/**
	 * Returns the key of that name, or null where there is none.
	 */
	@Nullable PublicKey find(String identifier) {
		return this.keys.get(identifier);
	}

	/**
	 * Returns whether the holder of the key has signed these very bytes.
	 * @param signature what is said to be the signature, in Base64
	 */
	static boolean isSigned(byte[] body, String signature, PublicKey key) {
		try {
			Signature verifier = Signature.getInstance("SHA256withECDSA");
			verifier.initVerify(key);
			verifier.update(body);
			return verifier.verify(Base64.getDecoder().decode(signature));
		}
		catch (SignatureException | IllegalArgumentException ex) {
			return false;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has ECDSA", ex);
		}
	}

}
