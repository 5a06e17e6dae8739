package dev.latchkey.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws inputs that nobody thought of from good ones, all from one seed, so that what was
 * found can be found again: {@code -Dfuzz.seed=} or {@code FUZZ_SEED} replays a run,
 * {@code -Dfuzz.times=} or {@code FUZZ_TIMES} makes it so many times longer. An input
 * depends on the seed and its own number alone.
 */
public final class Inputs {

	private static final Logger log = LoggerFactory.getLogger(Inputs.class);

	/** A build says the same of the same code each time; .ci/long draws others. */
	private static final long SEED = Long.parseLong(setting("seed", "1"));

	private static final int TIMES = Integer.parseInt(setting("times", "1"));

	private static final int LONGEST = 60_000;

	/** What parsers are known to stumble over. */
	private static final List<byte[]> WORDS = Stream.of("\0", "\r\n", "\n", "\r\n\r\n", "\t", " ", "  ", "%", "%00",
			"%0d%0a", "%2e%2e", "%F0%9F%92%A9", "%ED%A0%80", "+", ";", "//", "/../", "/./", "?", "&", "&&", "=", ",",
			":", "::", "\"", "'", "\\", "\\u0000", "\\ud800", "[", "]", "[[", "{", "}", "null", "true", "-1", "0", "00",
			"2147483648", "99999999999999999999", "1e999", "NaN", "Bearer ", "Basic ", "bearer", "lkp_", "lko_", "lkr_",
			"*", ":*", "orders:read", "for=", "proto=https", "::ffff:127.0.0.1", "0.0.0.0/0", "::/0", "127.0.0.1",
			"10.0.0.1", "٣", "İ", "ı", "ﬀ", "é", "\u202e", "\u200d", "\ufeff", "\u0085", "\u2028", "\u00a0", "💩",
			"${jndi:x}", "#{1}", "<script>", "' or 1=1 --", "../../etc/passwd", "Content-Length: 5\r\n",
			"Transfer-Encoding: chunked\r\n", "Host: localhost\r\n", "X-Forwarded-For: 127.0.0.1\r\n", "a".repeat(600))
		.map((word) -> word.getBytes(StandardCharsets.UTF_8))
		.toList();

	/** Bytes that are no UTF-8 at all. */
	private static final byte[] NO_TEXT = { (byte) 0xC0, (byte) 0x80, (byte) 0xFF, (byte) 0xED, (byte) 0xA0,
			(byte) 0x80 };

	static {
		log.info("Inputs are drawn from the seed {}; -Dfuzz.seed={} draws the same again.", SEED, SEED);
	}

	private Inputs() {
	}

	/**
	 * Tries so many inputs that were made of the samples.
	 */
	public static void each(int count, List<String> samples, Consumer<byte[]> target) {
		List<byte[]> bytes = samples.stream().map((sample) -> sample.getBytes(StandardCharsets.UTF_8)).toList();
		each(count, (random) -> {
			byte[] input = changed(random, bytes);
			try {
				target.accept(input);
			}
			catch (RuntimeException | Error ex) {
				throw new AssertionError("for " + Base64.getEncoder().encodeToString(input), ex);
			}
		});
	}

	/**
	 * Tries something so many times, each time with other numbers.
	 */
	public static void each(int count, Consumer<SplittableRandom> target) {
		long start = System.nanoTime();
		for (int i = 0; i < count * TIMES; i++) {
			one(i, target);
		}
		log.info("{} inputs in {} ms", count * TIMES, (System.nanoTime() - start) / 1_000_000);
	}

	/**
	 * Tries it once.
	 * @param number which of the tries it is
	 */
	public static void one(int number, Consumer<SplittableRandom> target) {
		try {
			target.accept(new SplittableRandom(SEED * 31 + number));
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError("Seed %d, input %d: %s".formatted(SEED, number, ex.getMessage()), ex);
		}
	}

	/**
	 * Returns how many inputs there are where usually there are so many.
	 */
	public static int longer(int count) {
		return count * TIMES;
	}

	/**
	 * Returns a text of these bytes: UTF-8 where they are, else a character for each.
	 */
	public static String text(byte[] input) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input)).toString();
		}
		catch (CharacterCodingException ex) {
			return new String(input, StandardCharsets.ISO_8859_1);
		}
	}

	/**
	 * Returns one of the samples after one or several changes; one in thirty stays as it
	 * is.
	 */
	public static byte[] changed(SplittableRandom random, List<byte[]> samples) {
		byte[] input = any(random, samples);
		int changes = (random.nextInt(30) > 0) ? 1 + random.nextInt(1 + random.nextInt(6)) : 0;
		for (int i = 0; i < changes; i++) {
			byte[] next = changed(random, input, any(random, samples));
			input = (next.length <= LONGEST) ? next : Arrays.copyOf(next, LONGEST);
		}
		return input;
	}

	/** A change replaces what stands between two places. */
	private static byte[] changed(SplittableRandom random, byte[] input, byte[] other) {
		int from = random.nextInt(input.length + 1);
		int to = Math.min(input.length, from + random.nextInt(1 + random.nextInt(24)));
		byte[] run = Arrays.copyOfRange(input, from, to);
		return switch (random.nextInt(9)) {
			case 0 -> joined(input, from, bytes(random, run.length), to);
			case 1 -> joined(input, from, bytes(random, 1 + random.nextInt(4)), from);
			case 2 -> joined(input, from, new byte[0], to);
			case 3 -> joined(input, from,
					repeated(run, (random.nextInt(400) > 0) ? 2 + random.nextInt(30) : LONGEST / (run.length + 1)), to);
			case 4 -> joined(input, from, any(random, WORDS), (random.nextInt(2) == 0) ? from : to);
			case 5 -> joined(input, from, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length),
					input.length);
			case 6 -> joined(input, from, near(random, run), to);
			case 7 -> joined(input, from, NO_TEXT, to);
			default -> joined(input, from, run, from);
		};
	}

	/**
	 * Another letter, another digit, another case: most of these are still well formed.
	 */
	private static byte[] near(SplittableRandom random, byte[] run) {
		byte[] near = run.clone();
		for (int i = 0; i < near.length; i++) {
			near[i] = (byte) (near[i] ^ ((random.nextInt(2) == 0) ? 0x20 : 1));
		}
		return near;
	}

	private static byte[] joined(byte[] input, int from, byte[] between, int to) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		joined.write(input, 0, from);
		joined.writeBytes(between);
		joined.write(input, to, input.length - to);
		return joined.toByteArray();
	}

	private static byte[] repeated(byte[] run, int times) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (int i = 0; i < times; i++) {
			all.writeBytes(run);
		}
		return all.toByteArray();
	}

	private static byte[] bytes(SplittableRandom random, int length) {
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		return bytes;
	}

	private static byte[] any(SplittableRandom random, List<byte[]> of) {
		return of.get(random.nextInt(of.size()));
	}

	private static String setting(String name, String otherwise) {
		String inEnvironment = Objects.requireNonNullElse(System.getenv("FUZZ_" + name.toUpperCase(Locale.ROOT)),
				otherwise);
		return System.getProperty("fuzz." + name, inEnvironment);
	}

}
