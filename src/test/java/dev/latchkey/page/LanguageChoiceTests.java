package dev.latchkey.page;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

/**
 * Pages come in the language that the browser asks for, unless somebody has chosen one;
 * and moments in the zone of whoever reads them.
 */
@LatchkeyTest
@WithChromium
class LanguageChoiceTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private MockMvc mvc;

	private Visitor visitor;

	@BeforeEach
	void come() {
		this.visitor = new Visitor(this.http.base());
	}

	@Test
	void aPageIsInTheLanguageThatTheBrowserAsksFor() throws Exception {
		for (Map.Entry<String, String> one : Map.of("de-CH,de;q=0.9,en;q=0.8", "de", "fr,en", "en", "nl", "en")
			.entrySet()) {
			assertThat(this.mvc.perform(get("/login").header("Accept-Language", one.getKey()))
				.andReturn()
				.getResponse()
				.getContentAsString()).contains("<html lang=\"" + one.getValue() + "\"");
		}
		HttpResponse<String> unasked = this.visitor.get("/login");
		assertThat(unasked.body()).contains("<html lang=\"en\"", ">Sign in<");
		assertThat(unasked.headers().firstValue("Content-Language")).contains("en");
		assertThat(unasked.headers().allValues("Vary")).contains("Accept-Language", "Cookie");
	}

	@Test
	void aChoiceStaysForAGuestAndAfterTheSignInAndMakesNoSession() {
		this.visitor.get("/login");
		HttpResponse<String> chosen = this.visitor.post("/language", "language", "de", "back", "/login?bye=1");
		assertThat(chosen.statusCode()).isEqualTo(302);
		assertThat(Forms.location(chosen)).endsWith("/login?bye=1");
		assertThat(chosen.headers().allValues("Set-Cookie"))
			.anySatisfy((cookie) -> assertThat(cookie).startsWith("latchkey_language=de; Path=/; Max-Age=31536000;")
				.contains("HttpOnly", "SameSite=Lax"));
		assertThat(this.visitor.session()).isEmpty();
		assertThat(this.visitor.get("/login").body()).contains("lang=\"de\"", ">Anmelden<");
		User user = this.people.user();
		this.visitor.signIn(user);
		assertThat(this.visitor.get("/tokens").body()).contains("Neues Token erstellen");
		this.visitor.post("/language", "language", "en", "back", "/tokens");
		assertThat(this.visitor.get("/tokens").body()).contains("Generate new token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example",
			"/\r\nSet-Cookie: a=b", "evil", "", "/a b", "/\u00e4" })
	void aChoiceLeadsNowhereElse(String back) {
		this.visitor.get("/login");
		assertThat(Forms.location(this.visitor.post("/language", "language", "de", "back", back))
			.replace(this.http.base(), "")).isEqualTo("/");
	}

	@Test
	void anAddressWithBracesIsComeBackTo() {
		this.visitor.get("/login");
		assertThat(Forms.location(this.visitor.post("/language", "language", "de", "back", "/tokens?q={x}&state=all")))
			.endsWith("/tokens?q={x}&state=all");
	}

	@Test
	void whatIsNoLanguageOrComesFromElsewhereIsNotKept() {
		this.visitor.get("/login");
		for (String odd : List.of("fr", "", "DE", "de-AT")) {
			assertThat(this.visitor.post("/language", "language", odd).headers().allValues("Set-Cookie")).as(odd)
				.noneMatch((cookie) -> cookie.startsWith("latchkey_language"));
		}
		this.visitor.forgetCsrf();
		HttpResponse<String> forged = this.visitor.post("/language", "language", "de");
		assertThat(forged.statusCode()).isEqualTo(302);
		assertThat(Forms.location(forged)).endsWith("/login?expired");
		assertThat(forged.headers().allValues("Set-Cookie"))
			.noneMatch((cookie) -> cookie.startsWith("latchkey_language"));
	}

	@Test
	void whatAnswersAFormOffersNoOtherLanguage() {
		this.visitor.signIn(this.people.user());
		assertThat(this.visitor.get("/tokens/new").body()).contains("action=\"/language\"");
		HttpResponse<String> made = this.visitor.post("/tokens/new", "form", this.visitor.form(), "name", "CI",
				"scopes", "user:read", "expiration", "30");
		assertThat(made.body()).contains("Your new token").doesNotContain("action=\"/language\"");
	}

	@Test
	void momentsAreInTheZoneOfTheReaderOrInUtcWithoutScripts() {
		User user = this.people.user();
		String page = "/tokens/" + this.people.token(user, "user:read").details().id();
		try (Chromium browser = Chromium.withoutScripts(this.http.base())) {
			assertThat(browser.signIn(user.email(), People.PASSWORD).go(page).text()).contains(" UTC");
		}
		try (Chromium browser = Chromium.open(this.http.base())) {
			zone(browser, "Asia/Tokyo");
			browser.signIn(user.email(), People.PASSWORD).go(page);
			browser.waitUntilSeen("GMT+9");
			browser.press("Deutsch").waitUntilSeen("Erstellt").waitUntilSeen("GMT+9");
			assertThat(browser.path()).isEqualTo(page);
			assertThat(browser.text()).doesNotContain(" UTC");
			zone(browser, "UTC");
			assertThat(browser.go(page).text()).contains(" UTC");
		}
	}

	private static void zone(Chromium browser, String name) {
		browser.driver().executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", name));
	}

}
