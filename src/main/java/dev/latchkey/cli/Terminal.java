package dev.latchkey.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command reads and writes: results go to the standard output and nothing else
 * does; what is said about the work goes to the other one.
 */
final class Terminal {

	/** Longer than any password, and than a thousand tokens. */
	private static final int LONGEST_SECRET = 100_000;

	private final InputStream in;

	private final PrintWriter out;

	private final PrintWriter err;

	Terminal(InputStream in, PrintWriter out, PrintWriter err) {
		this.in = in;
		this.out = out;
		this.err = err;
	}

	PrintWriter out() {
		return this.out;
	}

	PrintWriter err() {
		return this.err;
	}

	/** Writes a line of the result. */
	void print(String line) {
		this.out.println(line);
	}

	/** Writes the result as JSON, in one line. Times are texts already. */
	void printJson(Map<String, ?> result) {
		this.out.println(json(result));
	}

	static String json(Map<String, ?> object) {
		return JsonMapper.shared().writeValueAsString(object);
	}

	/** Says something about the work. */
	void say(String line) {
		this.err.println(line);
		this.err.flush();
	}

	/** Says these, each in a line. */
	void say(Collection<String> lines) {
		lines.forEach(this::say);
	}

	/**
	 * Reads a secret of one line; the end of the line is none of it.
	 * @param file from where, or null for the standard input
	 * @throws UsageException if there is none, or more than a line
	 */
	String readSecret(@Nullable Path file) {
		String text = readText(file).replaceFirst("\\r?\\n\\z", "");
		if (text.isEmpty()) {
			throw new UsageException("Nothing was given to read the secret from.");
		}
		if (text.indexOf('\n') >= 0) {
			throw new UsageException("The secret has to be one line.");
		}
		return text;
	}

	/**
	 * Reads a short text.
	 * @param file from where, or null for the standard input
	 * @throws UsageException if it is too long, or no UTF-8
	 */
	String readText(@Nullable Path file) {
		byte[] bytes = read(file, LONGEST_SECRET);
		try {
			return StandardCharsets.UTF_8.newDecoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT)
				.decode(ByteBuffer.wrap(bytes))
				.toString();
		}
		catch (CharacterCodingException ex) {
			throw new UsageException("What was given is no UTF-8.");
		}
	}

	/**
	 * Reads so many bytes at most.
	 * @param file from where, or null for the standard input
	 * @throws UsageException if there are more, or they cannot be read
	 */
	byte[] read(@Nullable Path file, int most) {
		byte[] bytes;
		try (InputStream source = (file != null) ? Files.newInputStream(file) : InputStream.nullInputStream()) {
			bytes = ((file != null) ? source : this.in).readNBytes(most + 1);
		}
		catch (IOException ex) {
			throw new UsageException(
					(file != null) ? "The file cannot be read." : "The standard input cannot be read.");
		}
		if (bytes.length > most) {
			throw new UsageException("What was given has more than %d bytes.".formatted(most));
		}
		return bytes;
	}

}
