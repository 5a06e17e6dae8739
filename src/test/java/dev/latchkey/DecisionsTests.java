package dev.latchkey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The decisions have one form and stand in one index.
 */
class DecisionsTests {

	private static final Path DECISIONS = Path.of("docs/decisions");

	/** Those before it did not always write down what else was weighed. */
	private static final int FIRST_WITH_OPTIONS = 81;

	private static final Pattern FORM = Pattern.compile("""
			# (?<number>\\d+)\\. (?<title>[^\\n]+)

			(?<date>20\\d\\d-\\d\\d-\\d\\d)\\. (?<status>(Stands|Superseded in part by|Replaced by)[^\\n]*\\.)

			\\*\\*Context\\.\\*\\* (?:(?!\\n\\*\\*[A-Z]).)+
			(?<options>
			\\*\\*Options\\.\\*\\* (?:(?!\\n\\*\\*[A-Z]).)+
			)?
			\\*\\*Decision\\.\\*\\*(?:(?!\\n\\*\\*[A-Z]).)+

			\\*\\*Consequences\\.\\*\\* (?:(?!\\n\\*\\*[A-Z]).)+
			""", Pattern.DOTALL);

	@Test
	void eachHasTheForm() throws IOException {
		assertThat(files()).isNotEmpty().allSatisfy((file) -> {
			Matcher parts = parts(file);
			assertThat(parts.matches())
				.as(file + " has title, date and status, context, options, decision, consequences")
				.isTrue();
			int number = Integer.parseInt(parts.group("number"));
			assertThat(file.getFileName().toString()).startsWith("%04d-".formatted(number));
			if (number >= FIRST_WITH_OPTIONS) {
				assertThat(parts.group("options")).as(file + " says what else was weighed").isNotNull();
			}
		});
	}

	@Test
	void theIndexListsThemAll() throws IOException {
		String rows = files().stream().map((file) -> {
			Matcher parts = parts(file);
			assertThat(parts.matches()).as(file + " has the form").isTrue();
			return "| %s | [%s](%s) | %s | %s |".formatted(parts.group("number"), parts.group("title"),
					file.getFileName(), parts.group("date"), parts.group("status"));
		}).collect(Collectors.joining("\n"));
		assertThat(Files.readString(DECISIONS.resolve("README.md")))
			.as("The index has these rows and no others:\n" + rows)
			.endsWith("| --- | --- | --- | --- |\n" + rows + "\n");
	}

	private static Matcher parts(Path file) {
		try {
			return FORM.matcher(Files.readString(file));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(DECISIONS)) {
			return files.filter((file) -> !file.endsWith("README.md")).sorted().toList();
		}
	}

}
