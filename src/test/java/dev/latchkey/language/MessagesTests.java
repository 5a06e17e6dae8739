package dev.latchkey.language;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenState;
import dev.latchkey.verification.RefusalReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files with texts are whole, none has a text that nobody shows, and no text stands
 * anywhere else.
 */
class MessagesTests {

	private static final Path SOURCES = Path.of("src/main/java/dev/latchkey");

	private static final Path RESOURCES = Path.of("src/main/resources");

	private static final Pattern GAP = Pattern.compile("\\{(\\d)}");

	private static final Pattern IN_TEMPLATE = Pattern.compile("#\\{([\\w.-]+)");

	/** Of those the end is known only when they are shown. */
	private static final List<String> BEGINNINGS = List.of("audit.action.", "audit.field.", "client.grant.", "field.",
			"state.", "time.days.", "time.hours.", "time.minutes.", "tokens.state.", "user.role.");

	private static final Pattern TAG = Pattern
		.compile("<!--.*?-->|<!doctype[^>]*>|<[a-zA-Z/](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", Pattern.DOTALL);

	private static final Pattern ATTRIBUTE = Pattern.compile("\\s([\\w:-]+)=\"([^\"]*)\"");

	private static final Set<String> SEEN = Set.of("placeholder", "aria-label", "title", "alt", "data-label",
			"data-copied");

	private static final Set<String> SHOWN = Set.of("th:text", "th:placeholder", "th:aria-label", "th:title", "th:alt",
			"th:data-label", "th:data-copied");

	/** Names, and what is typed as it stands there. */
	private static final Set<String> NO_TEXTS = Set.of("Latchkey", "CSV", "X-Request-Id", "orders:read",
			"/oauth2/introspect", "/v3/api-docs", "https://parcels.example.com", "parcels:read USER See your parcels",
			"parcels:read USER [2027-01-31T12:00:00Z] See your parcels");

	/** Literals that are one sentence together. */
	private static final Pattern LITERALS = Pattern.compile("(?:\"(?:[^\"\\\\\n]|\\\\.)*\"(?:\\s*\\+\\s*(?=\"))?)+");

	/** So begins what is said of a field. */
	private static final Pattern RULE = Pattern.compile("(must|cannot|can only|has|is|stays|begins with) .*");

	/** No page has such a field, or it is said of something else. */
	private static final Set<String> FOR_PROGRAMS = Set.of("must be a duration such as PT1H, P2D or PT1H30M",
			"cannot stand together with expires_at", "has a 7 that latchkey.resources[7] has already");

	/** Of details what is filled in is all they say. */
	private static final Set<String> NO_WORDS = Set.of("%s: %s", "jti %s: %s");

	@ParameterizedTest
	@ValueSource(strings = { "page", "said", "event", "mail" })
	void theFilesHaveTheSameKeysAndTheSameGaps(String name) {
		Map<String, String> english = texts(name);
		Map<String, String> german = texts(name + "_de");
		assertThat(german.keySet()).isEqualTo(english.keySet());
		english.forEach((key, text) -> assertThat(gaps(german.get(key))).as(key).isEqualTo(gaps(text)));
		english.keySet()
			.stream()
			.filter((key) -> english.get(key).length() > 12)
			.forEach((key) -> assertThat(german.get(key)).as(key).isNotBlank());
	}

	@Test
	void noTextIsMissingAndNoneIsForNobody() {
		Set<String> keys = texts("page").keySet();
		Set<String> used = new TreeSet<>();
		templates().values()
			.forEach((text) -> IN_TEMPLATE.matcher(text).results().map((found) -> found.group(1)).forEach(used::add));
		assertThat(keys).containsAll(used);
		Pattern literal = Pattern.compile("\"([a-z][\\w.-]*)\"");
		sources(Set.of()).values()
			.forEach((text) -> literal.matcher(text)
				.results()
				.map((found) -> found.group(1))
				.filter(keys::contains)
				.forEach(used::add));
		assertThat(keys.stream()
			.filter((key) -> BEGINNINGS.stream().noneMatch(key::startsWith))
			.filter((key) -> !used.contains(key))).isEmpty();
		Pattern asked = Pattern.compile("Words\\.(?:of|in)\\((?:this, )?\"([\\w.-]+)\"[,)]");
		sources(Set.of()).values()
			.forEach((text) -> assertThat(keys)
				.containsAll(asked.matcher(text).results().map((found) -> found.group(1)).toList()));
	}

	@Test
	void noTextStandsInATemplate() {
		Map<String, List<String>> found = new TreeMap<>();
		templates().forEach((name, text) -> {
			List<String> texts = Stream.concat(textsOf(text), attributesOf(text)).toList();
			if (!texts.isEmpty()) {
				found.put(name, texts);
			}
		});
		assertThat(found).isEmpty();
	}

	/** What is filled in for who only looks at the template is data, and no text. */
	private static Stream<String> textsOf(String template) {
		Stream.Builder<String> texts = Stream.builder();
		String tag = "";
		int end = 0;
		for (MatchResult next : TAG.matcher(template).results().toList()) {
			String text = template.substring(end, next.start()).replaceAll("\\[\\[.*?]]", "").strip();
			if (isText(text) && !(tag.contains("th:text=\"") && !tag.startsWith("</"))) {
				texts.add(text);
			}
			tag = next.group();
			end = next.end();
		}
		return texts.build();
	}

	private static Stream<String> attributesOf(String template) {
		return TAG.matcher(template)
			.results()
			.map(MatchResult::group)
			.filter((tag) -> !tag.startsWith("<!"))
			.flatMap((tag) -> ATTRIBUTE.matcher(tag).results())
			.flatMap((attribute) -> {
				String name = attribute.group(1);
				String value = attribute.group(2);
				if (SEEN.contains(name)) {
					return Stream.of(value);
				}
				if (name.equals("th:replace") || name.equals("th:insert")) {
					return literals(value).filter((one) -> one.matches(".*([A-Z]| ).*"));
				}
				return SHOWN.contains(name) ? literals(value.replaceAll("#\\{\\$\\{[^}]*}}|\\w\\('\\w*'\\)", ""))
						: Stream.of();
			})
			.filter(MessagesTests::isText);
	}

	private static Stream<String> literals(String expression) {
		return Pattern.compile("'([^']*)'|\\|([^|]*)\\|")
			.matcher(expression)
			.results()
			.map((found) -> (found.group(1) != null) ? found.group(1)
					: found.group(2).replaceAll("[$#@]\\{[^}]*}", ""));
	}

	private static boolean isText(String text) {
		return text.matches("(?s).*\\p{L}.*") && !NO_TEXTS.contains(text);
	}

	/** In what is shown to people alone there are keys, and in no page a sentence. */
	@Test
	void noPageHasASentenceOfItsOwn() {
		Pattern shown = Pattern.compile("(?:addFlashAttribute|addAttribute|addObject|faults\\.put|Map\\.of)"
				+ "\\(\"[\\w]+\",\\s*\"([^\"]* [^\"]*)\"");
		Map<String, List<String>> found = new TreeMap<>();
		Map<String, String> pages = sources(Set.of());
		pages.keySet().removeIf((name) -> !name.matches(".*(Page|Form|Links|Choices|Row|Warning|Chart)\\.java"));
		pages.forEach((name, text) -> {
			List<String> sentences = shown.matcher(text).results().map((one) -> one.group(1)).toList();
			if (!sentences.isEmpty()) {
				found.put(name, sentences);
			}
		});
		assertThat(found).isEmpty();
	}

	@Test
	void everyRuleThatAPageMayGiveIsKnownInGerman() {
		Map<String, List<String>> unknown = new TreeMap<>();
		Set<String> rooms = Set.of("value", "token", "account", "client", "resource");
		sources(rooms).forEach((name, text) -> {
			List<String> rules = LITERALS.matcher(text)
				.results()
				.map((found) -> joined(found.group()))
				.filter((rule) -> RULE.matcher(rule).matches())
				.map((rule) -> rule.replaceAll("%[sd]", "7"))
				.filter((rule) -> Said.in(Language.GERMAN, rule).isEmpty()
						&& Said.in(Language.GERMAN, rule + "7").isEmpty())
				.filter((rule) -> !FOR_PROGRAMS.contains(rule))
				.toList();
			if (!rules.isEmpty()) {
				unknown.put(name, rules);
			}
		});
		assertThat(unknown).isEmpty();
	}

	@Test
	void noSentenceIsTakenForAnother() {
		Map<String, String> english = texts("said");
		Map<String, String> german = texts("said_de");
		english.forEach((key, text) -> {
			String said = Matcher.quoteReplacement("seven");
			assertThat(Said.in(Language.GERMAN, GAP.matcher(text).replaceAll(said).replace("''", "'"))).as(key)
				.contains(GAP.matcher(german.get(key)).replaceAll(said).replace("''", "'"));
		});
	}

	/** What the audit says of an event is written by many rooms, and read on one page. */
	@Test
	void whatTheAuditSaysIsKnownInGerman() {
		Stream<String> revoked = Stream.of(RevocationCause.values()).map(RevocationCause::value);
		Stream<String> refused = Stream.of(RefusalReason.values()).map(RefusalReason::value);
		assertThat(Stream.of(revoked, refused, Stream.of(TokenState.values()).map(TokenState::value))
			.flatMap((values) -> values)
			.filter((detail) -> Said.ofEvent(Language.GERMAN, "token.refused", detail).isEmpty())).isEmpty();
		Pattern said = Pattern.compile(
				"(?:\\.saying\\((?:[\\w ]+\\? )?|fault = |refused\\(by, client, row, (?:[^\"()]*\\? )?|publish\\(by, user, )\"([^\"]*)\"");
		Set<String> subjects = Set.of("token.x", "login.x", "logout", "client.x", "right.x");
		Set<String> unknown = new TreeSet<>();
		Set<String> found = new TreeSet<>();
		sources(Set.of("account", "client", "grant", "session", "token")).values()
			.forEach((text) -> said.matcher(text).results().map((one) -> one.group(1)).forEach(found::add));
		assertThat(found).hasSizeGreaterThan(12).contains("everywhere", "disabled", "wrong code_verifier");
		for (String detail : found) {
			String filled = detail.replaceAll("%[sd]", "7");
			if (subjects.stream()
				.noneMatch((action) -> Said.ofEvent(Language.GERMAN, action, filled).isPresent()
						|| Said.ofEvent(Language.GERMAN, action, "7: " + filled).isPresent())) {
				unknown.add(detail);
			}
		}
		assertThat(unknown).containsExactlyInAnyOrderElementsOf(NO_WORDS);
	}

	/** One word for one thing, whatever the sentence: that of the button. */
	@ParameterizedTest
	@ValueSource(strings = { "page", "said", "event", "mail" })
	void tokensAreMadeByTheSameWordEverywhereInGerman(String name) {
		assertThat(texts("page_de").get("new.button")).isEqualTo("Token erstellen");
		assertThat(texts(name + "_de").values()).noneMatch((text) -> text.contains("gemacht"));
	}

	@ParameterizedTest
	@ValueSource(strings = { DatabaseOutage.DETAIL, DatabaseOutage.UNKNOWN_DETAIL })
	void whatIsSaidOfTheDatabaseIsSaidInGermanToo(String said) {
		assertThat(Said.in(Language.GERMAN, said)).isNotEmpty();
	}

	private static String joined(String literals) {
		return Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"")
			.matcher(literals)
			.results()
			.map((found) -> found.group(1))
			.collect(Collectors.joining());
	}

	private static Set<String> gaps(String text) {
		return GAP.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
	}

	private static Map<String, String> texts(String name) {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(RESOURCES.resolve("messages/" + name + ".properties"))) {
			properties.load(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Map<String, String> texts = new TreeMap<>();
		properties.stringPropertyNames().forEach((key) -> texts.put(key, properties.getProperty(key)));
		return texts;
	}

	private static Map<String, String> templates() {
		return files(RESOURCES.resolve("templates"), ".html", Set.of());
	}

	private static Map<String, String> sources(Set<String> rooms) {
		return files(SOURCES, ".java", rooms);
	}

	private static Map<String, String> files(Path root, String end, Set<String> folders) {
		try (Stream<Path> all = Files.walk(root)) {
			return all.filter((file) -> file.toString().endsWith(end))
				.filter((file) -> folders.isEmpty() || folders.contains(root.relativize(file).getName(0).toString()))
				.collect(Collectors.toMap((file) -> root.relativize(file).toString(), MessagesTests::read));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
