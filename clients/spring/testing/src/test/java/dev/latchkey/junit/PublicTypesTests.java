package dev.latchkey.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tests of services compile against is a list, each type with its reason.
 */
class PublicTypesTests {

	@Test
	void whatIsPublicIsListedAndNothingElseIs() throws IOException {
		List<String> types;
		try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/latchkey/junit"))) {
			types = sources.filter(PublicTypesTests::isPublic)
				.map((source) -> "dev.latchkey.junit." + source.getFileName().toString().replace(".java", ""))
				.toList();
		}
		assertThat(types).isNotEmpty();
		assertThat(Files.readString(Path.of("../../../docs/api.md"))
			.lines()
			.filter((line) -> line.startsWith("| `dev.latchkey.junit."))
			.map((line) -> line.split("`")[1])).containsExactlyInAnyOrderElementsOf(types);
	}

	private static boolean isPublic(Path source) {
		try {
			return Files.readString(source).lines().anyMatch((line) -> line.startsWith("public "));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
