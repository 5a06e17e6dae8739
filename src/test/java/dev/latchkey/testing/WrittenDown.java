package dev.latchkey.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of the repository that are made from what the server says of itself, and are kept
 * equal to it. They are written anew with {@code -Dlatchkey.write=true}.
 */
public final class WrittenDown {

	private WrittenDown() {
	}

	/**
	 * Holds a file to what it has to be, or writes it.
	 */
	public static void assertThatFileIs(Path file, String wanted) throws IOException {
		if (Boolean.getBoolean("latchkey.write")) {
			Files.writeString(file, wanted);
		}
		assertThat(Files.exists(file) ? Files.readString(file) : "")
			.as("%s is not as the server says. ./mvnw test -Dtest='dev/latchkey/openapi/**,SettingsDocumentTests' "
					+ "-Dlatchkey.write=true writes it anew", file)
			.isEqualTo(wanted);
	}

}
