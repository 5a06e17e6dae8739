package dev.latchkey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.latchkey.client.GrantType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/asvs.md} says of each clause is held to the tests that it names.
 */
class AsvsTests {

	private static final Path PAGE = Path.of("docs/asvs.md");

	private static final Path LOGBACK = Path.of("src/main/resources/logback-spring.xml");

	/**
	 * How many clauses each section of ASVS 5.0.0 has that the page is about, and how
	 * many risks the API Top 10.
	 */
	private static final Map<String, Integer> CLAUSES = Map.ofEntries(Map.entry("6.1.", 3), Map.entry("6.2.", 12),
			Map.entry("6.3.", 8), Map.entry("6.4.", 6), Map.entry("6.5.", 8), Map.entry("6.6.", 4),
			Map.entry("6.7.", 2), Map.entry("6.8.", 4), Map.entry("7.1.", 3), Map.entry("7.2.", 4),
			Map.entry("7.3.", 2), Map.entry("7.4.", 5), Map.entry("7.5.", 3), Map.entry("7.6.", 2),
			Map.entry("8.1.", 4), Map.entry("8.2.", 4), Map.entry("8.3.", 3), Map.entry("8.4.", 2),
			Map.entry("9.1.", 3), Map.entry("9.2.", 4), Map.entry("10.1.", 2), Map.entry("10.2.", 3),
			Map.entry("10.3.", 5), Map.entry("10.4.", 16), Map.entry("10.5.", 5), Map.entry("10.6.", 2),
			Map.entry("10.7.", 3), Map.entry("16.1.", 1), Map.entry("16.2.", 5), Map.entry("16.3.", 4),
			Map.entry("16.4.", 3), Map.entry("16.5.", 4), Map.entry("API", 10));

	private static final Set<String> STATES = Set.of("met", "in part", "not met", "does not apply");

	private static final Pattern ROW = Pattern
		.compile("^\\| ((?:\\d+\\.){2}\\d+|API\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)(?:#(\\w+))?`");

	private static final Pattern CLASS = Pattern.compile("`((?:[A-Z][a-z]+){2,})`");

	private static final Pattern ANCHOR = Pattern.compile("\\]\\(#([a-z0-9-]+)\\)");

	private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

	private static final Pattern PASSWORD_FIELD = Pattern.compile("<input[^>]* name=\"(password|current)\"[^>]*>");

	private static final Pattern APPENDER = Pattern.compile("<appender name=\"(\\w+)\" class=\"([\\w.]+)\">");

	private static final Pattern ENCODER = Pattern.compile("<encoder class=\"([\\w.]+)\">");

	@Test
	void everyClauseIsJudgedOnce() throws IOException {
		List<String> all = CLAUSES.entrySet()
			.stream()
			.flatMap((section) -> IntStream.rangeClosed(1, section.getValue())
				.mapToObj((number) -> section.getKey() + number))
			.toList();
		assertThat(rows()).extracting((row) -> row.group(1)).containsExactlyInAnyOrderElementsOf(all);
		assertThat(rows()).allSatisfy((row) -> assertThat(row.group(3)).as(row.group(1)).isIn(STATES));
	}

	@Test
	void everyGrantTypeIsAWayInThatIsWrittenDown() throws IOException {
		String page = Files.readString(PAGE);
		String waysIn = page.substring(page.indexOf("### Ways in"), page.indexOf("### Guessing"));
		assertThat(GrantType.values()).allSatisfy((type) -> assertThat(waysIn)
			.contains((type == GrantType.PASSWORD) ? "`POST /security/generate-token`" : "`" + type.value() + "`"));
	}

	@Test
	void whatIsMetIsShownByATest() throws IOException {
		assertThat(rows()).filteredOn((row) -> row.group(3).equals("met") || row.group(3).equals("in part"))
			.allSatisfy((row) -> assertThat(row.group(4)).as(row.group(1)).containsPattern(TEST));
	}

	@Test
	void everyTestThatIsNamedIsThere() throws IOException {
		Map<String, String> tests = sources("src/test/java");
		assertThat(TEST.matcher(Files.readString(PAGE)).results().toList()).isNotEmpty().allSatisfy((named) -> {
			assertThat(tests).containsKey(named.group(1));
			if (named.group(2) != null) {
				assertThat(tests.get(named.group(1))).as(named.group())
					.containsPattern(
							"@(?:Parameterized)?Test\\b(?:(?!\\bvoid\\b)[^;])*\\svoid " + named.group(2) + "\\(");
			}
		});
	}

	@Test
	void everyClassAndEveryPartThatIsNamedIsThere() throws IOException {
		String page = Files.readString(PAGE);
		assertThat(CLASS.matcher(page).results().map((named) -> named.group(1)))
			.filteredOn((named) -> !named.endsWith("Tests"))
			.isNotEmpty()
			.isSubsetOf(sources("src/main/java").keySet());
		Set<String> parts = HEADING.matcher(page)
			.results()
			.map((heading) -> heading.group(1).toLowerCase(Locale.ROOT).replace(' ', '-'))
			.collect(Collectors.toSet());
		assertThat(ANCHOR.matcher(page).results().map((link) -> link.group(1))).isNotEmpty().isSubsetOf(parts);
	}

	@Test
	void theLogHasNoOtherPlaces() throws IOException {
		String configuration = Files.readString(LOGBACK);
		assertThat(APPENDER.matcher(configuration)
			.results()
			.collect(Collectors.toMap((found) -> found.group(1), (found) -> found.group(2))))
			.containsExactlyInAnyOrderEntriesOf(Map.of("CONSOLE", "ch.qos.logback.core.ConsoleAppender", "FILE",
					"ch.qos.logback.core.rolling.RollingFileAppender"));
		assertThat(ENCODER.matcher(configuration).results().map((found) -> found.group(1)))
			.containsExactly("dev.latchkey.logging.MaskingEncoder", "dev.latchkey.logging.MaskingEncoder");
		try (Stream<Path> files = Files.list(LOGBACK.getParent())) {
			assertThat(files.filter((file) -> file.getFileName().toString().matches("(logback|log4j2?).*")))
				.containsExactly(LOGBACK);
		}
		assertThat(sources("src/main/java").entrySet())
			.filteredOn((source) -> source.getValue().matches("(?s).*(File|Socket|Syslog|SMTP|DB)Appender.*"))
			.extracting(Map.Entry::getKey)
			.isEmpty();
	}

	/** What people paste, and what their browsers fill in, is taken as it is. */
	@Test
	void everyFieldForAPasswordHidesItAndLeavesItToTheBrowser() throws IOException {
		List<String> fields = new ArrayList<>();
		try (Stream<Path> found = Files.walk(Path.of("src/main/resources/templates"))) {
			for (Path page : found.filter(Files::isRegularFile).toList()) {
				PASSWORD_FIELD.matcher(Files.readString(page)).results().forEach((field) -> fields.add(field.group()));
			}
		}
		assertThat(fields).isNotEmpty()
			.allSatisfy((field) -> assertThat(field).contains("type=\"password\"")
				.containsPattern("autocomplete=\"(current|new)-password\"")
				.doesNotContain("maxlength"));
		try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/static/js"))) {
			for (Path script : scripts.toList()) {
				assertThat(Files.readString(script)).doesNotContain("'paste'", "\"paste\"", "onpaste");
			}
		}
	}

	private static List<MatchResult> rows() throws IOException {
		return ROW.matcher(Files.readString(PAGE)).results().toList();
	}

	/** By the names of their classes. */
	private static Map<String, String> sources(String folder) throws IOException {
		Map<String, String> sources = new TreeMap<>();
		List<Path> files = new ArrayList<>();
		try (Stream<Path> found = Files.walk(Path.of(folder))) {
			found.filter((file) -> file.toString().endsWith(".java")).forEach(files::add);
		}
		for (Path file : files) {
			sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
		}
		return sources;
	}

}
