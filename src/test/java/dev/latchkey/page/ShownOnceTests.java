package dev.latchkey.page;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.latchkey.caller.User;
import dev.latchkey.testing.AtOnce;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.TokenFilter;
import dev.latchkey.token.TokenQueries;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.NoAlertPresentException;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A raw token is seen once, whatever the person and the browser do.
 */
@LatchkeyTest
@WithChromium
class ShownOnceTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TokenQueries tokens;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void goingBackDoesNotShowIt() {
		for (boolean scripts : List.of(true, false)) {
			try (Chromium browser = scripts ? Chromium.open(this.http.base())
					: Chromium.withoutScripts(this.http.base())) {
				String token = make(browser);
				browser.go("/tokens");
				browser.driver().navigate().back();
				browser.waitUntil("to be back", () -> !browser.path().equals("/tokens"));
				assertThat(browser.source()).as("with scripts: " + scripts).doesNotContain(token);
				browser.driver().navigate().forward();
				assertThat(browser.source()).doesNotContain(token);
			}
		}
	}

	@Test
	void reloadingShowsNeitherItNorAnother() {
		for (boolean scripts : List.of(true, false)) {
			User user = this.people.user();
			try (Chromium browser = scripts ? Chromium.open(this.http.base())
					: Chromium.withoutScripts(this.http.base())) {
				String token = make(browser, user);
				browser.driver().navigate().refresh();
				agree(browser);
				browser.waitUntil("another page", () -> !browser.source().contains(token));
				assertThat(browser.source()).doesNotContain("lkp_1", "Your new token");
				assertThat(this.tokens.list(user.id(), TokenFilter.ALL, 0, 10).total()).isEqualTo(1);
			}
		}
	}

	@Test
	void aFormSentTwiceAtOnceMakesOneToken() {
		User user = this.people.user();
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		visitor.get("/tokens/new");
		String form = visitor.form();
		List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 8)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> visitor.post("/tokens/new", "form", form, "name",
					"twice", "expiration", "30", "scopes", "user:read"), AtOnce.THREAD_EACH))
			.toList();
		assertThat(answers).extracting((answer) -> answer.join().statusCode())
			.containsOnlyOnce(200)
			.containsOnly(200, 302);
		assertThat(this.tokens.list(user.id(), TokenFilter.ALL, 0, 10).total()).isEqualTo(1);
	}

	@Test
	void theAnswerIsKeptNowhere() {
		User user = this.people.user();
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		visitor.get("/tokens/new");
		HttpResponse<String> answer = visitor.post("/tokens/new", "form", visitor.form(), "name", "x", "expiration",
				"30", "scopes", "user:read");
		String token = answer.body().replaceAll("(?s).*value=\"(lkp_[0-9A-Za-z]+)\".*", "$1");
		assertThat(token).hasSize(53);
		assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
		String kept = this.jdbc
			.queryForList("select encode(attribute_bytes, 'escape') from web_session_attributes", String.class)
			.toString();
		assertThat(kept).doesNotContain(token.substring(4));
	}

	private String make(Chromium browser) {
		return make(browser, this.people.user());
	}

	private String make(Chromium browser, User user) {
		browser.signIn(user.email(), People.PASSWORD).go("/tokens/new").fill("Name", "Once");
		browser.tick("user:read").press("Generate token").waitUntilSeen("Your new token");
		return browser.field("Your new token").getAttribute("value");
	}

	/** The browser may ask whether the form is to be sent again. */
	private static void agree(Chromium browser) {
		try {
			browser.driver().switchTo().alert().accept();
		}
		catch (NoAlertPresentException ex) {
			// It did not ask.
		}
	}

}
