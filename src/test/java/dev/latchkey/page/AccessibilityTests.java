package dev.latchkey.page;

import java.util.List;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.latchkey.caller.User;
import dev.latchkey.language.Language;
import dev.latchkey.language.Words;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.i18n.LocaleContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No page breaks a rule of WCAG 2.2 AA that a program can check.
 */
@LatchkeyTest
@WithChromium
class AccessibilityTests {

	private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@ParameterizedTest
	@CsvSource({ "false, false, ENGLISH", "true, true, GERMAN" })
	void noPageBreaksARule(boolean dark, boolean narrow, Language language) {
		User user = this.people.superuser();
		String id = this.people.token(user, "notes:read").details().id().toString();
		LocaleContextHolder.setLocale(language.locale());
		try (Chromium browser = Chromium.open(this.http.base())) {
			if (dark) {
				browser.dark();
			}
			if (narrow) {
				browser.narrow();
			}
			browser.go("/login").press(language.ownName()).waitUntilSeen(Words.of("shared.password"));
			check(browser.go("/login"));
			signIn(browser, "nobody@example.com");
			check(browser.waitUntilSeen(Words.of("login.wrong")));
			signIn(browser, user.email());
			browser.waitUntilSeen(Words.of("tokens.heading"));
			for (String path : List.of("/tokens", "/tokens?q=nothing", "/tokens/new", "/tokens/" + id,
					"/tokens/" + id + "/revoke", "/tokens/" + id + "/rotate", "/tokens/" + id + "/edit",
					"/tokens/revoke?id=" + id, "/admin/tokens", "/admin/clients", "/admin/clients/new",
					"/admin/resources", "/admin/resources/edit", "/account", "/admin/users", "/admin/users/new",
					"/admin/users/" + user.id(), "/admin/users/" + user.id() + "/delete",
					"/admin/users/" + user.id() + "/disable", "/audit", "/audit?from=x", "/logout", "/nowhere")) {
				check(browser.go(path));
			}
			check(browser.go("/tokens/new").press(Words.of("new.button")).waitUntilSeen(Words.of("new.refused")));
			browser.fill(Words.of("shared.name"), "Checked").tick("user:read").press(Words.of("new.button"));
			check(browser.waitUntilSeen(Words.of("created.token")));
			browser.go("/tokens").pressInRow("Checked", Words.of("shared.revoke"));
			check(browser.waitUntilSeen(Words.of("revoke.descendants")));
		}
		finally {
			LocaleContextHolder.resetLocaleContext();
		}
	}

	private static void signIn(Chromium browser, String email) {
		browser.go("/login")
			.fill(Words.of("shared.email"), email)
			.fill(Words.of("shared.password"), People.PASSWORD)
			.press(Words.of("login.heading"));
	}

	private static void check(Chromium browser) {
		List<Rule> broken = new AxeBuilder().withTags(WCAG).analyze(browser.driver()).getViolations();
		assertThat(broken).as(browser.path())
			.extracting((rule) -> rule.getId() + ": "
					+ rule.getNodes().stream().map((node) -> node.getHtml() + " " + node.getFailureSummary()).toList())
			.isEmpty();
	}

}
