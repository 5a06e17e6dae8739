package dev.latchkey.resourceserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The core needs the platform alone, so that it can be used without Spring.
 */
class CoreAloneTests {

	@Test
	void nothingOfOthersIsImported() throws IOException {
		try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/latchkey/resourceserver"))) {
			List<String> imports = sources.filter(Files::isRegularFile).flatMap(CoreAloneTests::lines).toList();
			assertThat(imports).isNotEmpty()
				.allMatch((line) -> line
					.matches("import (static )?(java\\.|dev\\.latchkey\\.resourceserver\\.[A-Z]|org\\.jspecify\\.).*"));
		}
	}

	private static Stream<String> lines(Path source) {
		try {
			return Files.readAllLines(source).stream().filter((line) -> line.startsWith("import "));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
