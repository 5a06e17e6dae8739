package host;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.latchkey.embedded.LatchkeyTokens;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What lies in the jar lies in the application's class path.
 */
class PackagingTests {

	/**
	 * A file of Latchkey's at a path that Spring Boot looks for would be taken for the
	 * application's.
	 */
	@Test
	void nothingLiesWhereSomethingOfTheApplicationsCould() throws Exception {
		assertThat(entries()).hasSizeGreaterThan(500)
			.allMatch((entry) -> entry.startsWith("META-INF/latchkey/")
					|| (entry.startsWith("dev/latchkey/") && entry.endsWith(".class"))
					|| entry.equals("META-INF/spring.factories")
					|| entry.equals("META-INF/spring-configuration-metadata.json")
					|| (entry.startsWith("META-INF/spring/") && entry.endsWith(".imports")));
	}

	/** From these the jar is made. */
	private static List<String> entries() throws IOException, URISyntaxException {
		Path root = Path.of(LatchkeyTokens.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter(Files::isRegularFile)
				.map((file) -> root.relativize(file).toString().replace('\\', '/'))
				.toList();
		}
	}

}
