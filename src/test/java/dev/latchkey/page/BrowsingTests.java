package dev.latchkey.page;

import java.time.Duration;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions, errors and odd names, as the person before the browser meets them.
 */
@LatchkeyTest
@WithChromium
class BrowsingTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private TestClock clock;

	@Test
	void twoSessionsOfOneUserLiveApartUntilBothAreEnded() {
		User user = this.people.user();
		try (Chromium one = Chromium.open(this.http.base()); Chromium other = Chromium.open(this.http.base())) {
			one.signIn(user.email(), People.PASSWORD);
			other.signIn(user.email(), People.PASSWORD);
			one.press("Sign out").waitUntilSeen("You have signed out");
			assertThat(other.go("/tokens").heading()).isEqualTo("Personal access tokens");
			one.signIn(user.email(), People.PASSWORD).go("/account").press("Sign out everywhere");
			one.waitUntilSeen("You have signed out");
			assertThat(other.go("/tokens").heading()).isEqualTo("Sign in");
		}
	}

	@Test
	void aDisabledUserIsOutAtTheNextClick() {
		User user = this.people.user();
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.signIn(user.email(), People.PASSWORD);
			this.people.disable(user);
			browser.follow("Generate new token").waitUntilSeen("Password");
			assertThat(browser.heading()).isEqualTo("Sign in");
			browser.fill("Email", user.email()).fill("Password", People.PASSWORD).press("Sign in");
			browser.waitUntilSeen("The provided credentials are incorrect.");
			assertThat(browser.field("Email").getAttribute("value")).isEqualTo(user.email());
		}
	}

	@Test
	void anExpiredSessionLeadsBackToWhereOneWas() {
		User user = this.people.user();
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.signIn(user.email(), People.PASSWORD).go("/tokens?state=all&q=abc");
			endSessions(user);
			browser.driver().navigate().refresh();
			browser.fill("Email", user.email()).fill("Password", People.PASSWORD).press("Sign in");
			browser.waitUntilSeen("Personal access tokens");
			assertThat(browser.path()).isEqualTo("/tokens?state=all&q=abc");
			browser.go("/account").fill("Name", "Too late");
			endSessions(user);
			browser.press("Save").waitUntilSeen("Your session has ended");
			browser.fill("Email", user.email()).fill("Password", People.PASSWORD).press("Sign in");
			browser.waitUntilSeen("Your name");
			assertThat(browser.path()).isEqualTo("/account");
		}
	}

	@Test
	void anOldSignInIsAskedForThePasswordBeforeATokenIsMade() {
		User user = this.people.user();
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.signIn(user.email(), People.PASSWORD);
			this.clock.advance(Duration.ofHours(1));
			assertThat(browser.go("/tokens").heading()).isEqualTo("Personal access tokens");
			assertThat(browser.go("/tokens/new").heading()).isEqualTo("Enter your password again");
			assertThat(browser.field("Email").getAttribute("value")).isEqualTo(user.email());
			this.clock.run();
			browser.fill("Password", People.PASSWORD).press("Sign in").waitUntilSeen("New personal access token");
		}
	}

	@Test
	void wrongInputStandsBesideItsFieldAndWhatWasTypedStays() {
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.signIn(this.people.user().email(), People.PASSWORD).go("/tokens/new");
			browser.choose("Expiration", "Until a date…").tick("notes:write").press("Generate token");
			browser.waitUntilSeen("The name must have 1 to 100 characters.");
			assertThat(browser.field("notes:write").isSelected()).isTrue();
			assertThat(browser.text()).contains("Choose the last day");
			String described = browser.field("Name").getAttribute("aria-describedby");
			assertThat(described).contains("name-fault");
			browser.fill("Name", "Now it has one").choose("Expiration", "7 days").press("Generate token");
			browser.waitUntilSeen("Your new token");
		}
	}

	@Test
	void oddNamesAreShownAsTextAndBreakNothing() {
		User user = this.people.user();
		String html = "<img src=x onerror=alert(1)>'\"&";
		String rightToLeft = "עברית العربية";
		String emoji = "👩‍👩‍👧‍👦 🔑🔑🔑";
		for (String name : new String[] { html, rightToLeft, emoji, "w".repeat(100) }) {
			this.people.token(user, TokenRequest.of("user:read").named(name));
		}
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.signIn(user.email(), People.PASSWORD);
			assertThat(browser.text()).contains(html, emoji).contains("עברית العربية");
			browser.narrow().go("/tokens");
			assertThat(browser.driver().executeScript("return document.documentElement.scrollWidth <= innerWidth"))
				.isEqualTo(true);
			browser.follow(html).waitUntil("its page", () -> browser.heading().equals(html));
			browser.press("Revoke").waitUntilSeen("Revoke “" + html + "”?");
			browser.press("Revoke token").waitUntilSeen("The token “" + html + "” is revoked.");
		}
	}

	@Test
	void tenThousandTokensArePaged() {
		User user = this.people.user();
		this.jdbc.update("""
				insert into api_token (id, owner_id, created_at, expires_at, digest, kind, hint, name, scopes)
				select gen_random_uuid(), ?, now() - n * interval '1 minute', now() + interval '30 days',
				    sha256((? || n)::bytea), 'p', 'lkp_…abcd', 'Token ' || n, 'notes:read user:read'
				from generate_series(1, 10000) n""", user.id(), user.id().toString());
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.signIn(user.email(), People.PASSWORD).waitUntilSeen("10,000 tokens");
			browser.go("/tokens?page=252");
			assertThat(browser.text()).contains("5041 to 5060 of 10,000");
		}
	}

	@Test
	void whatFailsHasAPage() {
		try (Chromium browser = Chromium.open(this.http.base())) {
			assertThat(browser.go("/nowhere").heading()).isEqualTo("There is nothing here");
			browser.signIn(this.people.user().email(), People.PASSWORD);
			assertThat(browser.go("/admin/users").heading()).isEqualTo("You may not do this");
			assertThat(browser.go("/tokens/" + UUID.randomUUID()).heading()).isEqualTo("There is nothing here");
		}
	}

	private void endSessions(User user) {
		this.jdbc.update("delete from web_session where principal_name = ?", user.id().toString());
	}

}
