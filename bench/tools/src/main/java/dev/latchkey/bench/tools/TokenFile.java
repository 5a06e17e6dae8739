package dev.latchkey.bench.tools;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a file of raw tokens, one a line.
 */
final class TokenFile {

	private TokenFile() {
	}

	static void write(Arguments arguments) throws IOException {
		Path file = arguments.path("out");
		int count = arguments.number("count", 1000);
		boolean malformed = arguments.text("kind", "good").equals("malformed");
		RawTokens tokens = new RawTokens();
		try (BufferedWriter writer = Files.newBufferedWriter(file)) {
			for (int i = 0; i < count; i++) {
				writer.write(malformed ? tokens.nextMalformed() : tokens.next());
				writer.write('\n');
			}
		}
	}

}
