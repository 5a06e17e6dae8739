package dev.latchkey.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of the repository that are made from the running server, and are kept equal to
 * it. They are written anew with {@code -Dlatchkey.write=true}.
 */
final class WrittenDown {

	private WrittenDown() {
	}

	static void assertThatFileIs(Path file, String wanted) throws IOException {
		if (Boolean.getBoolean("latchkey.write")) {
			Files.writeString(file, wanted);
		}
		assertThat(Files.exists(file) ? Files.readString(file) : "")
			.as("%s is not as the server says. ./mvnw test -Dtest='dev/latchkey/openapi/**' -Dlatchkey.write=true "
					+ "writes it anew", file)
			.isEqualTo(wanted);
	}

}
