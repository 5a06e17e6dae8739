package dev.latchkey.page;

import java.io.IOException;
import java.io.Reader;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.latchkey.page.AllPages.Furnished;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who reads German reads no English: on every page each text is compared with all English
 * ones.
 */
@LatchkeyTest
class GermanPagesTests {

	private static final Path MESSAGES = Path.of("src/main/resources/messages");

	private static final Pattern TEXT = Pattern
		.compile(">([^<]+)<|\\s(?:placeholder|aria-label|title|data-label|data-copied)=\"([^\"]*)\"");

	private static final Pattern GAP = Pattern.compile("\\{\\d}");

	@Autowired
	private Http http;

	@Autowired
	private ApplicationContext context;

	@Autowired
	private ScopeCatalogue catalogue;

	private AllPages all;

	private Furnished made;

	private Visitor visitor;

	private Map<String, Pattern> english;

	@BeforeEach
	void furnish() throws IOException {
		this.all = new AllPages(this.context);
		this.made = this.all.furnish();
		this.visitor = new Visitor(this.http.base());
		HttpCookie german = new HttpCookie("latchkey_language", "de");
		german.setPath("/");
		german.setVersion(0);
		this.visitor.cookies().getCookieStore().add(URI.create(this.http.base()), german);
		this.english = new LinkedHashMap<>();
		for (String name : List.of("page", "said")) {
			Properties texts = read(name);
			Properties translated = read(name + "_de");
			texts.stringPropertyNames()
				.stream()
				.filter((key) -> !texts.getProperty(key).equals(translated.getProperty(key)))
				.filter((key) -> GAP.matcher(texts.getProperty(key)).replaceAll("").matches(".*\\p{L}.*"))
				.forEach((key) -> this.english.put(name + ":" + key, pattern(texts.getProperty(key))));
		}
		// These say next to nothing themselves.
		this.english.keySet().removeIf((key) -> key.contains(".fault.") || key.equals("page:field.sentence"));
	}

	@AfterEach
	void forget() {
		this.all.forget(this.made);
	}

	@Test
	void noPageHasAnEnglishText() {
		Map<String, List<String>> found = new TreeMap<>();
		look("/nowhere as a guest", this.visitor.get("/nowhere"), found);
		look("/login", this.visitor.get("/login"), found);
		look("a failed sign-in", this.visitor.signIn(this.made.user().email(), "wrong"), found);
		this.visitor.signIn(this.made.user());
		this.made.pages().forEach((page, path) -> {
			HttpResponse<String> answer = this.visitor.get(path);
			for (int i = 0; answer.statusCode() == 302 && i < 3; i++) {
				answer = this.visitor.get(answer.headers().firstValue("Location").orElseThrow());
			}
			assertThat(answer.headers().firstValue("Content-Language")).as(page).contains("de");
			assertThat(answer.headers().allValues("Vary")).as(page).contains("Accept-Language", "Cookie");
			assertThat(answer.body()).as(page).contains("<html lang=\"de\"").doesNotContain("??");
			look(page, answer, found);
		});
		for (String path : List.of("/nowhere", "/tokens?state=all&q=nothing", "/audit?from=x&action=y",
				"/admin/tokens?owner=nobody&scope=%25", "/admin/users?q=nothing",
				"/tokens/new?name=x&scopes=none,users:read,*", "/tokens?shown",
				"/oauth2/authorize?response_type=code")) {
			look(path, this.visitor.get(path), found);
		}
		this.visitor.get("/account");
		String token = this.made.pages().get("/tokens/{}");
		look("a refused token", this.visitor.post("/tokens/new", "form", "", "name", "", "expiration", "date",
				"allowedIps", "x", "rateLimit", "y"), found);
		look("a refused edit", this.visitor.post(token + "/edit", "name", "", "_scopes", "on", "allowedIps", "x"),
				found);
		look("a refused rotation", this.visitor.post(token + "/rotate", "grace", "x", "expiration", "y"), found);
		look("a refused user",
				this.visitor.post("/admin/users/new", "email", "x", "name", "", "password", "aaaaaaaaaaaaaaaa"), found);
		look("a refused password", this.visitor.post("/account", "current", "x", "password", "short"), found);
		look("a refused name", this.visitor.post("/account", "name", ""), found);
		look("a refused client", this.visitor.post("/admin/clients", "name", "", "redirectUris", "x"), found);
		look("a refused service",
				this.visitor.post("/admin/resources/edit", "name", "X", "address", "x", "scopes", "a b c"), found);
		look("an unknown code", this.visitor.post("/oauth2/device", "user_code", "x"), found);
		this.visitor.post("/account", "name", "Grace");
		look("a new name", this.visitor.get("/account"), found);
		assertThat(found).isEmpty();
	}

	@Test
	void everyScopeOfTheServersOwnIsDescribedInGerman() {
		String page = HtmlUtils.htmlUnescape(this.visitor.signIn(this.made.user()).get("/tokens/new").body());
		assertThat(this.catalogue.all())
			.filteredOn((scope) -> scope.resource() == null && !scope.name().startsWith("notes"))
			.isNotEmpty()
			.noneMatch((scope) -> page.contains(">" + scope.description() + "<"));
	}

	@Test
	void whatProgramsReadStaysEnglish() {
		HttpResponse<String> refused = this.visitor.get("/api/tokens/x?page=y");
		assertThat(refused.body()).contains("\"title\"").doesNotContain("Anmeld");
		String raw = this.context.getBean(People.class).raw(this.made.user(), "tokens:write");
		assertThat(this.http.post("/api/tokens", raw, "{\"name\":\"\",\"scopes\":[]}").body())
			.contains("must have 1 to 100 characters");
	}

	/** What people have written, and names that are for programs, are in no language. */
	private void look(String page, HttpResponse<String> answer, Map<String, List<String>> found) {
		String html = answer.body()
			.replaceAll("(?s)<(code|bdi|textarea|style|script)\\b[^>]*>.*?</\\1>", "")
			.replaceAll("<(\\w+)[^>]* lang=\"en\"[^>]*>[^<]*</\\1>", "");
		List<String> left = new ArrayList<>();
		for (MatchResult match : TEXT.matcher(html).results().toList()) {
			String text = HtmlUtils.htmlUnescape((match.group(1) != null) ? match.group(1) : match.group(2)).strip();
			if (!text.isEmpty()) {
				this.english.forEach((key, pattern) -> {
					if (pattern.matcher(text.replaceAll("\\s+", " ")).matches()) {
						left.add(key + " = " + text);
					}
				});
			}
		}
		if (!left.isEmpty()) {
			found.put(page, left);
		}
		assertThat(html).as(page).contains("lang=\"de\"");
	}

	private static Pattern pattern(String text) {
		String plain = text.replace("''", "'").strip();
		StringBuilder pattern = new StringBuilder();
		int end = 0;
		for (MatchResult gap : GAP.matcher(plain).results().toList()) {
			pattern.append(Pattern.quote(plain.substring(end, gap.start()))).append(".*");
			end = gap.end();
		}
		return Pattern.compile(pattern + Pattern.quote(plain.substring(end)));
	}

	private static Properties read(String name) throws IOException {
		Properties texts = new Properties();
		try (Reader reader = Files.newBufferedReader(MESSAGES.resolve(name + ".properties"))) {
			texts.load(reader);
		}
		return texts;
	}

}
