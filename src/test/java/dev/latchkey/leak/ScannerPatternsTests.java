package dev.latchkey.leak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The patterns for secret scanners find every kind of token wherever people leave it, and
 * nothing else. RE2/J reads and finds as the engine of gitleaks and TruffleHog does (RE2
 * in Go).
 */
@LatchkeyTest
class ScannerPatternsTests {

	private static final Path FILES = Path.of("examples/secret-scanning");

	@Autowired
	private TokenFormat format;

	private final Map<String, Pattern> patterns = new TreeMap<>();

	@BeforeEach
	void readPatterns() throws IOException {
		this.patterns.put("gitleaks", compiled("gitleaks.toml", "regex = '''(.*)'''"));
		this.patterns.put("trufflehog", compiled("trufflehog.yaml", "token: '(.*)'"));
		String github = Files.readString(FILES.resolve("github-custom-pattern.yaml"));
		this.patterns.put("github", Pattern.compile("(?:%s)(%s)(?:%s)".formatted(value(github, "before_secret: '(.*)'"),
				value(github, "secret_format: '(.*)'"), value(github, "after_secret: '(.*)'"))));
	}

	@Test
	void everyTokenIsFoundWhereverItStands() {
		for (TokenKind kind : TokenKind.values()) {
			for (int i = 0; i < 200; i++) {
				String token = this.format.generate(kind).reveal();
				for (String text : List.of("%s", "TOKEN=%s", "token: \"%s\",", "Bearer %s\n", "'%s'",
						"https://x.example/?t=%s&u=1", "<b>%s</b>", "%s.", "(%s)", "a\t%s\tb", "{\"token\":\"%s\"}")) {
					this.patterns.forEach((scanner, pattern) -> {
						Matcher found = pattern.matcher(text.formatted(token));
						assertThat(found.find()).as(scanner + text).isTrue();
						assertThat(found.group(1)).as(scanner + text).isEqualTo(token);
					});
				}
			}
		}
	}

	@Test
	void nothingElseIs() {
		String token = this.format.generate(TokenKind.PERSONAL).reveal();
		for (String text : List.of("x" + token, token + "x", token.substring(0, 52), "_" + token, token + "_",
				token.replace("lkp_", "lkx_"), token.replace("lkp_", "LKP_"), token.replace("lkp_", "lkp-"), "lkp_****",
				"lkp_" + "-".repeat(49))) {
			this.patterns.forEach(
					(scanner, pattern) -> assertThat(pattern.matcher(text).find()).as(scanner + " " + text).isFalse());
		}
	}

	@Test
	void theKeywordsStandInEveryToken() throws IOException {
		for (TokenKind kind : TokenKind.values()) {
			String start = this.format.generate(kind).reveal().substring(0, 4);
			assertThat(Files.readString(FILES.resolve("gitleaks.toml"))).contains("\"" + start + "\"");
			assertThat(Files.readString(FILES.resolve("trufflehog.yaml"))).contains("- " + start);
		}
	}

	@Test
	void thePageOnSecurityHasTheSamePatterns() throws IOException {
		String page = Files.readString(Path.of("SECURITY.md"));
		try (Stream<Path> files = Files.list(FILES)) {
			assertThat(files.map((file) -> file.getFileName().toString())).hasSize(3).allMatch(page::contains);
		}
		assertThat(page).contains("lk[por]_[0-9A-Za-z]{49}");
		assertThat(this.patterns.values()).allMatch((pattern) -> pattern.pattern().contains("lk[por]_[0-9A-Za-z]{49}"));
	}

	private static Pattern compiled(String file, String line) throws IOException {
		return Pattern.compile(value(Files.readString(FILES.resolve(file)), line));
	}

	private static String value(String text, String line) {
		java.util.regex.Matcher found = java.util.regex.Pattern.compile(line).matcher(text);
		assertThat(found.find()).as(line).isTrue();
		return found.group(1);
	}

}
