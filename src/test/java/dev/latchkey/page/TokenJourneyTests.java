package dev.latchkey.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people do with their tokens on the pages, in a real browser.
 */
@LatchkeyTest
@WithChromium
class TokenJourneyTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Test
	void aTokenIsMadeCopiedUsedRotatedAndRevoked() {
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.driver()
				.executeCdpCommand("Browser.grantPermissions",
						Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
			String token = makeToken(browser);
			browser.press("Copy").waitUntilSeen("Copied");
			assertThat(browser.driver().executeAsyncScript("navigator.clipboard.readText().then(arguments[0])"))
				.isEqualTo(token);
			seeItUsed(browser, token);
			browser.pressInRow("Nightly report", "Rotate").waitUntilSeen("The old token stops at once");
			browser.choose("What becomes of the old token", "The old token stops at once").press("Rotate token");
			String successor = shownToken(browser);
			assertThat(this.http.get("/api/notes", token).status()).isEqualTo(401);
			assertThat(this.http.get("/api/notes", successor).status()).isEqualTo(200);
			browser.go("/tokens").pressInRow("Nightly report", "Revoke").waitUntilSeen("There is no way back");
			browser.press("Revoke token").waitUntilSeen("is revoked");
			assertThat(browser.hasRow("Nightly report")).isFalse();
			assertThat(this.http.get("/api/notes", successor).status()).isEqualTo(401);
		}
	}

	@Test
	void theSameWorksWithoutScripts() {
		try (Chromium browser = Chromium.withoutScripts(this.http.base())) {
			String token = makeToken(browser);
			assertThat(browser.driver().findElements(By.xpath("//button[normalize-space()='Copy' and not(@hidden)]")))
				.isEmpty();
			seeItUsed(browser, token);
			browser.pressInRow("Nightly report", "Rotate")
				.waitUntil("the question", () -> browser.path().contains("/rotate"))
				.press("Rotate token");
			String successor = shownToken(browser);
			assertThat(this.http.get("/api/notes", token).status()).isEqualTo(401);
			assertThat(this.http.get("/api/notes", successor).status()).isEqualTo(200);
			browser.go("/tokens")
				.pressInRow("Nightly report", "Revoke")
				.waitUntil("the question", () -> browser.path().contains("/revoke"))
				.press("Revoke token")
				.waitUntilSeen("is revoked");
			assertThat(this.http.get("/api/notes", successor).status()).isEqualTo(401);
		}
	}

	@Test
	void theWayBackLeadsToTheFormAndNotToTheQuestionWhetherToSendItAgain() {
		User user = this.people.user();
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.signIn(user.email(), People.PASSWORD).go("/tokens/new");
			browser.press("Generate token").waitUntilSeen("was not made yet");
			browser.fill("Name", "Nightly report").tick("user:read").press("Generate token");
			browser.waitUntilSeen("Your new token");
			browser.driver().navigate().back();
			browser.waitUntil("the form", () -> browser.path().equals("/tokens/new"));
			assertThat(browser.heading()).isEqualTo("New personal access token");
			assertThat(browser.text()).doesNotContain("was not made yet");
		}
	}

	@Test
	void whoRotatesChoosesWhenTheNewTokenEnds() {
		for (boolean scripts : List.of(true, false)) {
			try (Chromium browser = scripts ? Chromium.open(this.http.base())
					: Chromium.withoutScripts(this.http.base())) {
				User user = this.people.user();
				this.people.token(user, "user:read");
				browser.signIn(user.email(), People.PASSWORD).go("/tokens").pressInRow("test", "Rotate");
				browser.waitUntilSeen("Made for as long as the old one, the new token ends");
				assertThat(browser.field("Last day").isDisplayed()).isNotEqualTo(scripts);
				browser.choose("Expiration", "Until a date…")
					.press("Rotate token")
					.waitUntilSeen("Choose the last day");
				assertThat(browser.field("Expiration").getAttribute("value")).isEqualTo("date");
				assertThat(browser.field("Last day").isDisplayed()).isTrue();
				browser.choose("Expiration", "7 days").press("Rotate token");
				String successor = shownToken(browser);
				assertThat(Instant.parse(this.http.get("/api/tokens/current", successor).<String>json("expires_at")))
					.isBefore(Instant.now().plus(Duration.ofDays(8)));
			}
		}
	}

	@Test
	void theQuickChoicesTickWithAndWithoutScripts() {
		for (boolean scripts : List.of(true, false)) {
			try (Chromium browser = scripts ? Chromium.open(this.http.base())
					: Chromium.withoutScripts(this.http.base())) {
				browser.signIn(this.people.user().email(), People.PASSWORD).go("/tokens/new").fill("Name", "Kept");
				browser.press("Read only").waitUntil("the tick", () -> browser.field("notes:read").isSelected());
				assertThat(browser.field("notes:write").isSelected()).isFalse();
				browser.press("Everything I may")
					.waitUntil("the tick", () -> browser.field("notes:write").isSelected());
				assertThat(browser.field("Name").getAttribute("value")).isEqualTo("Kept");
				assertThat(browser.source()).doesNotContain("users:write");
			}
		}
	}

	@Test
	void theKeyboardIsEnough() {
		try (Chromium browser = Chromium.open(this.http.base())) {
			User user = this.people.user();
			browser.go("/login").keys(user.email(), Keys.TAB, People.PASSWORD, Keys.ENTER);
			browser.waitUntilSeen("Personal access tokens").tabTo("Generate new token").keys(Keys.ENTER);
			browser.waitUntilSeen("New personal access token").keys("By keyboard");
			browser.tabTo("notes:read").keys(Keys.SPACE).tabTo("Generate token").keys(Keys.ENTER);
			browser.waitUntilSeen("Your new token").tabTo("I have kept it: back to the list").keys(Keys.ENTER);
			browser.waitUntilSeen("1 token").tabTo("Revoke").keys(Keys.ENTER);
			browser.waitUntilSeen("There is no way back").tabTo("Revoke token").keys(Keys.ENTER);
			browser.waitUntilSeen("is revoked");
		}
	}

	@Test
	void enterInTheNameMakesTheTokenAndNoQuickChoice() {
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.signIn(this.people.user().email(), People.PASSWORD).go("/tokens/new").tick("notes:read");
			browser.field("Name").sendKeys("By enter", Keys.ENTER);
			assertThat(shownToken(browser)).startsWith("lkp_");
		}
	}

	@Test
	void theQuestionCanBeAnsweredWithNo() {
		User user = this.people.user();
		String token = this.people.raw(user, "user:read");
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.signIn(user.email(), People.PASSWORD).press("Revoke").waitUntilSeen("There is no way back");
			assertThat(browser.driver().switchTo().activeElement().getText()).isEqualTo("Cancel");
			browser.keys(Keys.ESCAPE)
				.waitUntil("the dialog to close", () -> browser.driver().findElements(By.tagName("dialog")).isEmpty());
			assertThat(browser.driver().switchTo().activeElement().getText()).isEqualTo("Revoke");
			browser.press("Rotate").waitUntilSeen("What becomes of the old token");
			assertThat(browser.driver().findElement(By.id("same-end")).isDisplayed()).isTrue();
			browser.choose("Expiration", "30 days");
			assertThat(browser.driver().findElement(By.id("same-end")).isDisplayed()).isFalse();
			browser.driver().findElement(By.cssSelector("dialog [data-cancel]")).click();
			browser.waitUntil("the dialog to close",
					() -> browser.driver().findElements(By.tagName("dialog")).isEmpty());
		}
		assertThat(this.http.get("/api/user", token).status()).isEqualTo(200);
	}

	@Test
	void theListFiltersWhileOneTypes() {
		User user = this.people.user();
		this.people.token(user, "user:read");
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.signIn(user.email(), People.PASSWORD);
			assertThat(browser.hasRow("test")).isTrue();
			browser.fill("Find", "no such").waitUntilSeen("No token matches");
			browser.fill("Find", "tes").waitUntilSeen("1 token");
			assertThat(browser.path()).contains("q=tes");
		}
	}

	private String makeToken(Chromium browser) {
		browser.signIn(this.people.user().email(), People.PASSWORD);
		assertThat(browser.heading()).isEqualTo("Personal access tokens");
		assertThat(browser.driver().findElement(By.linkText("Generate new token")).getAriaRole()).isEqualTo("link");
		browser.follow("Generate new token")
			.waitUntilSeen("New personal access token")
			.fill("Name", "Nightly report")
			.choose("Expiration", "30 days");
		browser.tick("notes:read").tick("user:read").press("Generate token");
		String token = shownToken(browser);
		assertThat(browser.driver().findElement(By.id("curl")).getText()).startsWith("curl ").contains(token);
		return token;
	}

	private void seeItUsed(Chromium browser, String token) {
		browser.go("/tokens");
		assertThat(browser.row("Nightly report").getText()).contains("Never").doesNotContain("Never used");
		assertThat(this.http.get("/api/notes", token).status()).isEqualTo(200);
		browser.waitUntil("the use to appear",
				() -> !browser.go("/tokens").row("Nightly report").getText().contains("Never"));
		browser.follow("Nightly report").waitUntilSeen("What happened to it");
		assertThat(browser.text()).contains("Used on 1 of the last 30 days", "token.created", "127.0.0.1");
		browser.go("/tokens");
	}

	private static String shownToken(Chromium browser) {
		browser.waitUntilSeen("Your new token");
		WebElement field = browser.field("Your new token");
		assertThat(field.getAttribute("readonly")).isNotNull();
		return field.getAttribute("value");
	}

}
