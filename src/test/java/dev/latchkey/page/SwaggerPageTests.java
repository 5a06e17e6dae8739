package dev.latchkey.page;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.logging.LogType;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that shows the document about the API, in a browser.
 */
@LatchkeyTest
@WithChromium
class SwaggerPageTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Test
	void showsEveryRouteAndSendsARequestWithTheTokenThatIsTypedIn() {
		Answer page = this.http.get("/swagger-ui.html");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self';");
		assertThat(page.header("Set-Cookie")).isNull();
		String token = this.people.raw(this.people.user(), "user:read");
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.go("/swagger-ui.html").waitUntilSeen("Who is calling");
			assertThat(browser.driver().findElements(By.cssSelector(".opblock"))).hasSizeGreaterThan(40);
			assertThat(browser.driver().findElements(By.cssSelector("button.authorize"))).isNotEmpty();
			((JavascriptExecutor) browser.driver())
				.executeScript("window.ui.preauthorizeApiKey('bearer', arguments[0]);"
						+ "fetch('/v3/api-docs').then(() => document.querySelector('#operations-Signing_in-getUser button').click());",
						token);
			browser.waitUntilSeen("Try it out");
			browser.press("Try it out");
			browser.waitUntilSeen("Execute");
			browser.press("Execute");
			browser.waitUntilSeen("Some Body");
			assertThat(((JavascriptExecutor) browser.driver()).executeScript(
					"return performance.getEntriesByType('resource').every((one) => one.name.startsWith(location.origin))"))
				.isEqualTo(true);
			assertThat(browser.driver().manage().logs().get(LogType.BROWSER).getAll())
				.noneMatch((line) -> line.getMessage().contains("Content Security Policy"));
		}
	}

}
