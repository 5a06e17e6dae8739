package dev.latchkey.page;

import java.util.List;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

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
	@CsvSource({ "false, false", "true, true" })
	void noPageBreaksARule(boolean dark, boolean narrow) {
		User user = this.people.superuser();
		String id = this.people.token(user, "notes:read").details().id().toString();
		try (Chromium browser = Chromium.open(this.http.base())) {
			if (dark) {
				browser.dark();
			}
			if (narrow) {
				browser.narrow();
			}
			check(browser.go("/login"));
			check(browser.fill("Email", "nobody@example.com")
				.fill("Password", "wrong")
				.press("Sign in")
				.waitUntilSeen("incorrect"));
			browser.signIn(user.email(), People.PASSWORD).waitUntilSeen("Personal access tokens");
			for (String path : List.of("/tokens", "/tokens?q=nothing", "/tokens/new", "/tokens/" + id,
					"/tokens/" + id + "/revoke", "/tokens/" + id + "/rotate", "/tokens/" + id + "/edit",
					"/tokens/revoke?id=" + id, "/admin/tokens", "/admin/clients", "/admin/clients/new",
					"/admin/resources", "/admin/resources/edit", "/account", "/admin/users", "/admin/users/new",
					"/admin/users/" + user.id(), "/admin/users/" + user.id() + "/delete",
					"/admin/users/" + user.id() + "/disable", "/audit", "/audit?from=x", "/logout", "/nowhere")) {
				check(browser.go(path));
			}
			check(browser.go("/tokens/new").press("Generate token").waitUntilSeen("was not made yet"));
			browser.fill("Name", "Checked").tick("user:read").press("Generate token");
			check(browser.waitUntilSeen("Your new token"));
			browser.go("/tokens").pressInRow("Checked", "Revoke");
			check(browser.waitUntilSeen("There is no way back"));
		}
	}

	private static void check(Chromium browser) {
		List<Rule> broken = new AxeBuilder().withTags(WCAG).analyze(browser.driver()).getViolations();
		assertThat(broken).as(browser.path())
			.extracting((rule) -> rule.getId() + ": "
					+ rule.getNodes().stream().map((node) -> node.getHtml() + " " + node.getFailureSummary()).toList())
			.isEmpty();
	}

}
