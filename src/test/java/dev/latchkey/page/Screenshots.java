package dev.latchkey.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.latchkey.account.NewUser;
import dev.latchkey.account.RawPassword;
import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.client.Client;
import dev.latchkey.language.Language;
import dev.latchkey.language.Words;
import dev.latchkey.page.AllPages.Furnished;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.token.Expiry;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.NewToken;
import dev.latchkey.token.TokenIssuer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes a picture of each page, in each language, light and dark, wide and narrow. Run by
 * {@code ./mvnw -q test -Dtest=Screenshots -Dlatchkey.screenshots=<directory>}.
 */
@LatchkeyTest
@WithChromium
class Screenshots {

	private static final int LONGEST = 3_000;

	private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

	@Autowired
	private Http http;

	@Autowired
	private ApplicationContext context;

	@Autowired
	private UserService users;

	@Autowired
	private TokenIssuer issuer;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private Apps apps;

	private final Path directory = Path.of(System.getProperty("latchkey.screenshots", "target/screenshots"));

	@Test
	void ofEachPage() throws IOException {
		Files.createDirectories(this.directory);
		User ada = this.users.create(Actor.SERVER, new NewUser("ada@example.com", "Ada Lovelace",
				new RawPassword(People.PASSWORD), Set.of(Role.SUPERUSER)));
		this.users.create(Actor.SERVER,
				new NewUser("grace@example.com", "Grace Hopper", new RawPassword(People.PASSWORD), Set.of(Role.USER)));
		String id = furnish(ada);
		for (Language language : Language.values()) {
			LocaleContextHolder.setLocale(language.locale());
			for (boolean dark : List.of(false, true)) {
				for (boolean narrow : List.of(false, true)) {
					try (Chromium browser = Chromium.open(this.http.base())) {
						String suffix = "-" + language.tag() + (narrow ? "-narrow" : "-wide")
								+ (dark ? "-dark" : "-light");
						if (dark) {
							browser.dark();
						}
						if (narrow) {
							browser.narrow();
						}
						browser.go("/login").press(language.ownName()).waitUntilSeen(Words.of("shared.password"));
						shootAll(browser, suffix, id, ada.id().toString());
						this.jdbc.update("delete from api_token where name = 'Nightly report'");
					}
				}
			}
		}
		LocaleContextHolder.resetLocaleContext();
	}

	/**
	 * All that there are, with the longest that people may have called things, and what
	 * refuses somebody.
	 */
	@Test
	void ofEachPageAtItsLongest() throws IOException {
		Files.createDirectories(this.directory);
		AllPages all = new AllPages(this.context);
		Furnished made = all.furnish();
		User user = this.context.getBean(People.class).user();
		for (Language language : Language.values()) {
			LocaleContextHolder.setLocale(language.locale());
			for (boolean narrow : List.of(false, true)) {
				try (Chromium browser = Chromium.open(this.http.base())) {
					String suffix = "-" + language.tag() + (narrow ? "-narrow" : "-wide");
					if (narrow) {
						browser.narrow();
					}
					browser.go("/login").press(language.ownName()).waitUntilSeen(Words.of("shared.password"));
					shoot(browser.go("/nowhere"), "long-guest-404" + suffix);
					shoot(browser.go("/oauth2/authorize?client_id=nobody"), "long-guest-400" + suffix);
					signIn(browser, user.email());
					shoot(browser.go("/audit"), "long-403" + suffix);
					shoot(browser.go("/tokens"), "long-nothing" + suffix);
					browser.press(Words.of("layout.sign-out")).waitUntilSeen(Words.of("login.bye"));
					shoot(browser, "long-bye" + suffix);
					signIn(browser, made.user().email());
					for (Map.Entry<String, String> page : made.pages().entrySet()) {
						shoot(browser.go(page.getValue()), "long" + page.getKey().replaceAll("[/{}]+", "-") + suffix);
					}
					shoot(browser.go("/audit?from=x&action=y"), "long-audit-refused" + suffix);
					browser.go(made.pages().get("/tokens/{}") + "/edit").fill(Words.of("shared.name"), " ");
					shoot(browser.press(Words.of("edit.button")), "long-edit-refused" + suffix);
				}
			}
		}
		all.forget(made);
		LocaleContextHolder.resetLocaleContext();
	}

	/**
	 * What somebody sees after a button, and who is asked by an application, and when the
	 * database cannot do it.
	 */
	@Test
	void ofWhatComesAfterAButton() throws IOException {
		Files.createDirectories(this.directory);
		User ada = this.users.create(Actor.SERVER, new NewUser("ada.byron@example.com", "Ada Byron",
				new RawPassword(People.PASSWORD), Set.of(Role.SUPERUSER)));
		furnish(ada);
		Client tool = this.apps
			.register(ClientRequest.named("Report Tool")
				.calledBy("report-tool")
				.redirectingTo("https://reports.example/back")
				.allowed("notes:read", "notes:write", "user:read")
				.by(DEVICE, "authorization_code", "refresh_token")
				.withoutSecret())
			.client();
		for (Language language : Language.values()) {
			LocaleContextHolder.setLocale(language.locale());
			for (boolean narrow : List.of(false, true)) {
				try (Chromium browser = Chromium.open(this.http.base())) {
					String suffix = "-" + language.tag() + (narrow ? "-narrow" : "-wide");
					if (narrow) {
						browser.narrow();
					}
					browser.go("/login").press(language.ownName()).waitUntilSeen(Words.of("shared.password"));
					browser.fill(Words.of("shared.email"), ada.email()).fill(Words.of("shared.password"), "wrong");
					shoot(browser.press(Words.of("login.heading")).waitUntilSeen(Words.of("login.wrong")),
							"after-login-wrong" + suffix);
					signIn(browser, ada.email());
					shootApplications(browser, tool, suffix);
					shootAdministration(browser, suffix);
					shootOutage(browser, suffix);
				}
			}
		}
		LocaleContextHolder.resetLocaleContext();
	}

	private void shootApplications(Chromium browser, Client tool, String suffix) throws IOException {
		browser.go("/oauth2/device").fill(Words.of("device.code"), "BCDF-GHJK");
		shoot(browser.press(Words.of("device.continue")), "after-device-unknown" + suffix);
		shoot(device(browser, tool), "after-device-question" + suffix);
		shoot(browser.press(Words.of("consent.deny")), "after-device-denied" + suffix);
		device(browser, tool).tick("notes:read").tick("notes:write");
		shoot(browser.press(Words.of("consent.allow")), "after-device-nothing" + suffix);
		browser.tick("notes:read");
		shoot(browser.press(Words.of("consent.allow")), "after-device-allowed" + suffix);
		shoot(browser.go("/tokens"), "after-connected" + suffix);
		shoot(browser.go("/oauth2/authorize?response_type=code&client_id=report-tool&scope=notes:read+notes:write"
				+ "&redirect_uri=https://reports.example/back&code_challenge_method=S256&code_challenge="
				+ Pkce.CHALLENGE), "after-consent" + suffix);
		browser.go("/tokens").pressInRow("Report Tool", Words.of("withdraw.button"));
		shoot(browser, "after-withdraw" + suffix);
		shoot(browser.press(Words.of("withdraw.button")), "after-withdrawn" + suffix);
	}

	private Chromium device(Chromium browser, Client tool) {
		String code = this.http
			.postForm("/oauth2/device_authorization", null, "client_id", tool.clientId(), "scope",
					"notes:read notes:write")
			.json("user_code");
		return browser.go("/oauth2/device")
			.fill(Words.of("device.code"), code)
			.press(Words.of("device.continue"))
			.waitUntilSeen(code);
	}

	private void shootAdministration(Chromium browser, String suffix) throws IOException {
		browser.go("/admin/clients/new").fill(Words.of("shared.name"), "Billing");
		shoot(browser.press(Words.of("client.new.button")), "after-client-refused" + suffix);
		browser.tick("client_credentials").tick("notes:read");
		shoot(browser.press(Words.of("client.new.button")), "after-client-registered" + suffix);
		browser.go("/admin/resources/edit").fill(Words.of("shared.name"), "Shop");
		shoot(browser.press(Words.of("shared.save")), "after-resource-refused" + suffix);
		browser.go("/admin/users/new").fill(Words.of("shared.name"), "Grace Hopper");
		browser.fill(Words.of("shared.email"), "grace" + suffix + "@example.com")
			.fill(Words.of("shared.password"), "x");
		shoot(browser.press(Words.of("user.new.button")), "after-user-refused" + suffix);
		browser.fill(Words.of("shared.password"), People.PASSWORD);
		shoot(browser.press(Words.of("user.new.button")), "after-user-made" + suffix);
		browser.go("/account").fill(Words.of("account.current-password"), "wrong");
		browser.fill(Words.of("shared.new-password"), People.PASSWORD);
		shoot(browser.press(Words.of("account.change-password")), "after-account-refused" + suffix);
		shoot(browser.go("/audit?action=login.failed"), "after-audit" + suffix);
	}

	/** A table that somebody holds, and the connections that wait for it cut. */
	private void shootOutage(Chromium browser, String suffix) throws IOException {
		try (Connection holder = this.jdbc.getDataSource().getConnection();
				Statement statement = holder.createStatement()) {
			holder.setAutoCommit(false);
			statement.execute("lock table api_token in access exclusive mode");
			ScheduledExecutorService cutter = Executors.newSingleThreadScheduledExecutor();
			cutter.scheduleWithFixedDelay(() -> cutWhoWaits(statement), 0, 50, TimeUnit.MILLISECONDS);
			shoot(browser.go("/tokens"), "after-503" + suffix);
			cutter.shutdown();
			assertThat(cutter.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
			holder.rollback();
		}
		catch (SQLException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void cutWhoWaits(Statement statement) {
		try {
			statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void signIn(Chromium browser, String email) {
		browser.go("/login")
			.fill(Words.of("shared.email"), email)
			.fill(Words.of("shared.password"), People.PASSWORD)
			.press(Words.of("login.heading"))
			.waitUntil("to be signed in", () -> !browser.path().startsWith("/login"));
	}

	private void shootAll(Chromium browser, String suffix, String id, String ada) throws IOException {
		shoot(browser.go("/login"), "login" + suffix);
		signIn(browser, "ada@example.com");
		shoot(browser.go("/tokens"), "tokens" + suffix);
		shoot(browser.go("/tokens/" + id), "token" + suffix);
		shoot(browser.go("/tokens/" + id + "/revoke"), "revoke" + suffix);
		shoot(browser.go("/tokens/" + id + "/rotate"), "rotate" + suffix);
		shoot(browser.go("/tokens/" + id + "/edit"), "edit" + suffix);
		shoot(browser.go("/tokens/revoke?id=" + id), "revoke-several" + suffix);
		shoot(browser.go("/account"), "account" + suffix);
		shoot(browser.go("/admin/tokens"), "inventory" + suffix);
		shoot(browser.go("/admin/clients"), "clients" + suffix);
		shoot(browser.go("/admin/clients/new"), "client-new" + suffix);
		shoot(browser.go("/admin/resources"), "resources" + suffix);
		shoot(browser.go("/admin/resources/edit"), "resource-edit" + suffix);
		shoot(browser.go("/admin/users"), "users" + suffix);
		shoot(browser.go("/admin/users/" + ada), "user" + suffix);
		shoot(browser.go("/admin/users/new"), "user-new" + suffix);
		shoot(browser.go("/audit"), "audit" + suffix);
		shoot(browser.go("/nowhere"), "error" + suffix);
		shoot(browser.go("/logout"), "logout" + suffix);
		shoot(browser.go("/tokens")
			.pressInRow("Deploy", Words.of("shared.revoke"))
			.waitUntilSeen(Words.of("revoke.descendants")), "ask" + suffix);
		shoot(browser.go("/tokens/new").press(Words.of("new.button")), "new-refused" + suffix);
		shoot(browser.go("/tokens/new")
			.fill(Words.of("shared.name"), "Nightly report")
			.press(Words.of("new.read-only")), "new" + suffix);
		shoot(browser.press(Words.of("new.button")), "created" + suffix);
	}

	private String furnish(User owner) {
		Instant now = Instant.now();
		this.issuer.issue(Actor.account(owner.id()), NewToken.of("Postman on my laptop", "notes:read", "user:read"));
		this.issuer.issue(Actor.account(owner.id()), new NewToken("Backup script", List.of("notes:*"),
				Expiry.at(now.plus(Duration.ofDays(3))), null, null, null, null, null, null));
		IssuedToken deploy = this.issuer.issue(Actor.account(owner.id()),
				new NewToken("Deploy from CI", List.of("notes:read", "notes:write", "tokens:introspect"), null, 60,
						null, List.of("192.0.2.0/24"), 600, "Pushes releases; owned by the web team.", null));
		this.jdbc.update("update api_token set last_used_at = now() - interval '4 minutes', last_used_ip = '192.0.2.17'"
				+ " where id = ?", deploy.details().id());
		this.jdbc.update("update api_token set last_used_at = now() - interval '120 days', created_at = now() - "
				+ "interval '200 days', last_used_ip = '198.51.100.4' where name = 'Postman on my laptop'");
		this.jdbc
			.update("insert into token_use select ?, current_date - d, (d * 37) % 61 + 4 from generate_series(0, 29) d"
					+ " where d % 7 not in (1, 2)", deploy.details().id());
		return deploy.details().id().toString();
	}

	/** From the top to the end, as far as a picture is any use. */
	private void shoot(Chromium browser, String name) throws IOException {
		Map<?, ?> size = (Map<?, ?>) browser.driver()
			.executeCdpCommand("Page.getLayoutMetrics", Map.of())
			.get("cssContentSize");
		Map<String, Object> whole = Map.of("x", 0, "y", 0, "width", size.get("width"), "height",
				Math.min(((Number) size.get("height")).intValue(), LONGEST), "scale", 1);
		Object picture = browser.driver()
			.executeCdpCommand("Page.captureScreenshot",
					Map.of("format", "png", "captureBeyondViewport", true, "clip", whole))
			.get("data");
		Files.write(this.directory.resolve(name + ".png"), Base64.getDecoder().decode((String) picture));
	}

}
