package dev.latchkey.startup;

import java.io.IOException;
import java.nio.file.Path;

import dev.latchkey.testing.WrittenDown;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page about all settings is what the code says of them.
 */
class SettingsDocumentTests {

	private static final Path FILE = Path.of("docs/settings.md");

	private static final String BEGINNING = """
			# Settings
			Every setting of Latchkey's own, made from the comments beside the code that reads them. A setting is given as an argument (`--latchkey.tokens.prefix=lk`), as an environment
			variable (`LATCHKEY_TOKENS_PREFIX=lk`: upper case, dots become `_`, dashes go; entries of a list have their place, `LATCHKEY_RESOURCES_0_NAME`) or in `application.yaml` in the folder that
			the server is started from; the first of these that has it counts. The [README](../README.md#settings) says of the most needed ones what they are for, and names those of Spring Boot's that matter.

			A setting that does not exist or cannot be what it says stops the start with exit code 1 and a line for each that is wrong, all at once: its name, what was expected, what was given (never that of a
			secret, marked *secret*), and the nearest name that exists. `latchkey.settings.lenient=true` warns of names that do not exist instead, for one file that servers of two versions read; a value that cannot be
			read stops every start ([decision 166](decisions/0166-a-setting-that-is-wrong-is-shown.md)). Numbers have their unit: `ms`, `s`, `m`, `h`, `d` for durations, `B`, `KB`, `MB`, `GB` for sizes.
			An environment variable without a value (`LATCHKEY_TRACING_ENDPOINT=`) is as if it were not set; that of a list makes it empty, and a secret that came out empty stops the start, but for `LATCHKEY_ADMIN_PASSWORD`: then there is no first administrator.
			The first of argument, variable and file counts and hides the others without a word, a pepper's too. One place that gives a setting twice and not alike (`retired-pepper` and `retiredPepper`,
			`LATCHKEY_TOKENS_RETIREDPEPPER` and `LATCHKEY_TOKENS_RETIRED_PEPPER`, a list as a whole and entry by entry) stops the start with a line that names both; of a file that has one name twice the later counts ([decision 219](decisions/0219-two-spellings-of-a-setting-stop-the-start.md)).

			""";

	private final KnownSettings known = KnownSettings.load(SettingsDocumentTests.class.getClassLoader());

	@Test
	void isAsTheCodeSays() throws IOException {
		StringBuilder page = new StringBuilder(BEGINNING);
		String group = "";
		for (Setting setting : this.known.all()) {
			String next = setting.name().split("\\.", 3)[1];
			if (!next.equals(group)) {
				page.append(group.isEmpty() ? "" : "\n").append("## ").append(next).append('\n');
				page.append("| setting | written as | default | what it is |\n| --- | --- | --- | --- |\n");
				group = next;
			}
			page.append(row(setting));
		}
		WrittenDown.assertThatFileIs(FILE, page.toString());
	}

	@Test
	void everySettingSaysHowItIsWritten() {
		assertThat(this.known.all()).allMatch((setting) -> !setting.form().isBlank())
			.filteredOn(Setting::hasUnit)
			.isNotEmpty()
			.allMatch((setting) -> setting.form().contains("unit"));
	}

	private static String row(Setting setting) {
		String usual = setting.defaultValue();
		return "| `%s`%s | %s | %s | %s |\n".formatted(setting.name(), setting.isSecret() ? " *secret*" : "",
				setting.form().replaceFirst(", such as.*(?=, or never)|, such as.*", ""),
				(usual != null && !usual.isEmpty()) ? "`%s`".formatted(usual) : "none",
				setting.words().replace("|", "\\|"));
	}

}
