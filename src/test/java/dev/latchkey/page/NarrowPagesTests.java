package dev.latchkey.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.client.GrantType;
import dev.latchkey.page.AllPages.Furnished;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No page is wider than a telephone, nor than a window, whatever people have called
 * things.
 */
@LatchkeyTest
@WithChromium
class NarrowPagesTests {

	private static final String LONG = AllPages.LONG;

	/** What sticks out, to be read in a failure. */
	private static final String TOO_WIDE = """
			const width = document.documentElement.clientWidth;
			const wide = [...document.querySelectorAll("body *")].filter((one) =>
				one.getBoundingClientRect().right > width + 1 && !one.closest(".hidden, pre"));
			return document.documentElement.scrollWidth <= width ? [] : [String(document.documentElement.scrollWidth),
				...wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 200))];
			""";

	/** What is short and yet does not stand in one line of its cell. */
	private static final String BROKEN = """
			return [...document.querySelectorAll(".cards td :is(code, a), .cards .address span")].filter((one) => one.textContent.length <= 20
				&& (one.getClientRects().length > 1 || one.offsetHeight > 36))
				.map((one) => one.outerHTML.slice(0, 200)).slice(0, 5);
			""";

	/** What stands beneath the name of its column instead of beside it. */
	private static final String BENEATH_ITS_LABEL = """
			return [...document.querySelectorAll(".cards td[data-label] > *")].filter((one) => one.offsetWidth > 0
				&& one.getBoundingClientRect().left < one.parentElement.getBoundingClientRect().left + 100)
				.map((one) => one.outerHTML.slice(0, 200)).slice(0, 5);
			""";

	/** They answer with files, lead elsewhere, or take no part in the frame. */
	private static final Set<String> NO_PAGES = Set.of("/", "/audit/export", "/admin/tokens/export", "/oauth2/continue",
			"/error");

	@Autowired
	private Http http;

	@Autowired
	private ApplicationContext context;

	@Autowired
	private Routes routes;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	private AllPages all;

	private Furnished made;

	private User user;

	private Map<String, String> pages;

	@BeforeEach
	void furnish() {
		this.all = new AllPages(this.context);
		this.made = this.all.furnish();
		this.user = this.made.user();
		this.pages = this.made.pages();
	}

	@AfterEach
	void forget() {
		this.all.forget(this.made);
	}

	@Test
	void everyPageIsKnownHere() {
		Set<String> found = this.routes.handled()
			.stream()
			.filter((one) -> one.isPage() && one.route().method().equals("GET"))
			.map((one) -> one.route().path().replaceAll("[0-9a-f-]{36}", "{}"))
			.filter((path) -> !NO_PAGES.contains(path))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(found).isEqualTo(new TreeSet<>(this.pages.keySet()));
	}

	@Test
	void noPageScrollsSideways() {
		Map<String, List<Object>> tooWide = new HashMap<>();
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.narrow();
			look(browser.go("/nowhere"), "/nowhere as a guest", tooWide);
			browser.go("/login").fill("Email", this.user.email()).fill("Password", "wrong").press("Sign in");
			look(browser.waitUntilSeen("incorrect"), "a sign-in that failed", tooWide);
			browser.signIn(this.user.email(), People.PASSWORD);
			this.pages.forEach((page, path) -> look(browser.go(path), page, tooWide));
			for (String path : List.of("/nowhere", "/tokens?state=all&q=" + LONG, "/tokens?state=revoked",
					"/audit?actor=" + LONG, "/audit?from=" + LONG + "&action=" + LONG, "/admin/users?q=" + LONG,
					"/admin/tokens?owner=" + LONG + "&scope=" + LONG)) {
				look(browser.go(path), path, tooWide);
			}
			browser.go("/tokens").pressInRow(LONG, "Revoke").waitUntilSeen("There is no way back");
			look(browser, "a question above the list", tooWide);
			String token = this.pages.get("/tokens/{}");
			browser.go(token + "/edit").fill("Allowed IP addresses", LONG).press("Save changes");
			look(browser.waitUntilSeen("Nothing was changed yet"), "an edit that was refused", tooWide);
			look(browser.go("/tokens/new").press("Generate token").waitUntilSeen("was not made yet"), "a refused token",
					tooWide);
			browser.fill("Name", LONG).tick("user:read").press("Generate token");
			look(browser.waitUntilSeen("Your new token"), "a new token", tooWide);
			browser.go(token + "/rotate").press("Rotate token");
			look(browser.waitUntilSeen("Your new token"), "a rotated token", tooWide);
		}
		assertThat(tooWide).isEmpty();
	}

	@Test
	void noPageScrollsSidewaysInGermanEither() {
		Map<String, List<Object>> tooWide = new HashMap<>();
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.narrow();
			browser.go("/login").press("Deutsch").waitUntilSeen("Anmelden");
			browser.fill("E-Mail-Adresse", this.user.email()).fill("Passwort", "wrong").press("Anmelden");
			look(browser.waitUntilSeen("nicht richtig"), "a sign-in that failed", tooWide);
			browser.go("/login").fill("E-Mail-Adresse", this.user.email()).fill("Passwort", People.PASSWORD);
			browser.press("Anmelden").waitUntilSeen("Neues Token erstellen");
			this.pages.forEach((page, path) -> look(browser.go(path), page, tooWide));
			for (String path : List.of("/nowhere", "/tokens?state=all&q=" + LONG,
					"/audit?from=" + LONG + "&action=" + LONG, "/admin/users?q=" + LONG)) {
				look(browser.go(path), path, tooWide);
			}
			browser.go("/tokens").pressInRow(LONG, "Widerrufen").waitUntilSeen("rückgängig");
			look(browser, "a question above the list", tooWide);
			look(browser.go("/tokens/new").press("Token erstellen").waitUntilSeen("noch nicht erstellt"),
					"a refused token", tooWide);
			browser.fill("Name", LONG).tick("user:read").press("Token erstellen");
			look(browser.waitUntilSeen("Ihr neues Token"), "a new token", tooWide);
		}
		assertThat(tooWide).isEmpty();
	}

	/** A page that answers a form has no address of its own to be looked up at. */
	@Test
	void noAnswerToAFormDoesEither() {
		Map<String, List<Object>> tooWide = new HashMap<>();
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.narrow().signIn(this.people.user().email(), People.PASSWORD);
			look(browser.go("/admin/users"), "what one may not see", tooWide);
		}
		Client tool = this.apps
			.register(ClientRequest.named(LONG)
				.allowed("notes:read", "user:read")
				.by(GrantType.DEVICE_CODE.value())
				.withoutSecret())
			.client();
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.narrow().signIn(this.user.email(), People.PASSWORD);
			browser.go("/admin/clients/new").fill("Name", LONG).tick("client_credentials").tick("user:read");
			look(browser.press("Register").waitUntilSeen("Client secret"), "a registered client", tooWide);
			String code = this.http
				.postForm("/oauth2/device_authorization", null, "client_id", tool.clientId(), "scope",
						"notes:read user:read")
				.json("user_code");
			browser.go("/oauth2/device").fill("Code", code).press("Continue").waitUntilSeen(code);
			look(browser, "the question for a device", tooWide);
			look(browser.tick("notes:read").press("Allow").waitUntilSeen("Your device may go on"),
					"a device that was allowed", tooWide);
		}
		assertThat(tooWide).isEmpty();
	}

	@Test
	void noPageScrollsSidewaysInAWindowEither() {
		Map<String, List<Object>> found = new HashMap<>();
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.signIn(this.user.email(), People.PASSWORD);
			for (int width : List.of(1280, 1024, 800)) {
				browser.wide(width);
				this.pages.forEach((page, path) -> look(browser.go(path), page + " at " + width, found, TOO_WIDE));
			}
		}
		assertThat(found).isEmpty();
	}

	@Test
	void noScopeIsBrokenInTwoBecauseSomethingElseIsLong() {
		Map<String, List<Object>> found = new HashMap<>();
		try (Chromium browser = Chromium.open(this.http.base())) {
			browser.wide(1280).signIn(this.user.email(), People.PASSWORD);
			this.pages.forEach((page, path) -> look(browser.go(path), page, found, BROKEN));
		}
		assertThat(found).isEmpty();
	}

	private static void look(Chromium browser, String page, Map<String, List<Object>> tooWide) {
		look(browser, page, tooWide, TOO_WIDE, BENEATH_ITS_LABEL);
	}

	private static void look(Chromium browser, String page, Map<String, List<Object>> tooWide, String... scripts) {
		for (String script : scripts) {
			if (browser.driver().executeScript(script) instanceof List<?> parts && !parts.isEmpty()) {
				tooWide.put(page, new ArrayList<>(parts));
			}
		}
	}

}
