package dev.latchkey.bench.tools;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * Makes raw tokens of the documented form by code of its own, so that a mistake in the
 * server's code cannot hide behind the same mistake here.
 */
final class RawTokens {

	private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

	private static final int SECRET_LENGTH = 43;

	private static final int CHECKSUM_LENGTH = 6;

	private static final String PREFIX = "lkp_";

	/** Good for a benchmark and nothing else: a real token needs the secure source. */
	private final RandomGenerator random = RandomGenerator.of("L64X256MixRandom");

	String next() {
		byte[] secret = new byte[32];
		this.random.nextBytes(secret);
		return finish(new StringBuilder(PREFIX).append(base62(secret)));
	}

	/**
	 * One of the strings that are no tokens by their form; most of them only by their
	 * checksum, which is what costs the most to find out.
	 */
	String nextMalformed() {
		String good = next();
		return switch (this.random.nextInt(6)) {
			case 0 -> "xyz" + good.substring(3);
			case 1 -> good.substring(0, 40);
			case 2 -> good.substring(0, 20) + "-" + good.substring(21);
			default -> good.substring(0, 20) + ((good.charAt(20) != 'a') ? 'a' : 'b') + good.substring(21);
		};
	}

	private static String finish(StringBuilder token) {
		CRC32 crc = new CRC32();
		crc.update(token.toString().getBytes(StandardCharsets.US_ASCII));
		char[] checksum = new char[CHECKSUM_LENGTH];
		long rest = crc.getValue();
		for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
			checksum[i] = ALPHABET.charAt((int) (rest % 62));
			rest /= 62;
		}
		return token.append(checksum).toString();
	}

	private static char[] base62(byte[] secret) {
		int[] words = new int[8];
		for (int i = 0; i < 32; i++) {
			words[i / 4] = words[i / 4] << 8 | secret[i] & 0xff;
		}
		char[] digits = new char[SECRET_LENGTH];
		for (int i = SECRET_LENGTH - 1; i >= 0; i--) {
			long remainder = 0;
			for (int w = 0; w < 8; w++) {
				long value = remainder << 32 | words[w] & 0xffffffffL;
				words[w] = (int) (value / 62);
				remainder = value % 62;
			}
			digits[i] = ALPHABET.charAt((int) remainder);
		}
		return digits;
	}

}
