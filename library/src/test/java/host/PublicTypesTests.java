package host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What applications compile against is a list, each type with its reason.
 */
class PublicTypesTests {

	@Test
	void eachPublicTypeIsListedWithItsReason() throws IOException {
		String listed = Files.readString(Path.of("..", "docs", "api.md"));
		List<String> types;
		try (Stream<Path> sources = Files.list(Path.of("src", "main", "java", "dev", "latchkey", "embedded"))) {
			types = sources.filter(PublicTypesTests::isPublic)
				.map((source) -> "dev.latchkey.embedded." + source.getFileName().toString().replace(".java", ""))
				.toList();
		}
		assertThat(types).hasSizeGreaterThan(7)
			.allSatisfy((type) -> assertThat(listed).contains("| `%s` |".formatted(type)));
		assertThat(listed.lines().filter((line) -> line.startsWith("| `dev.latchkey.embedded."))).hasSize(types.size());
	}

	/** A type that is renamed or hidden breaks those who have it. */
	@Test
	void eachTypeThatIsListedIsThereAndPublic() throws IOException {
		String listed = Files.readString(Path.of("..", "docs", "api.md"));
		String section = listed.substring(listed.indexOf("## `latchkey-spring-boot-starter`"));
		assertThat(section.lines().filter((line) -> line.startsWith("| `dev.")).map((line) -> line.split("`")[1]))
			.hasSizeGreaterThan(15)
			.allSatisfy((type) -> assertThat(Class.forName(type)).isPublic());
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
