package dev.latchkey.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.SessionUser;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.StatementCounter;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.Visitor;
import jakarta.servlet.http.Cookie;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.SessionFlashMapManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * Web sessions: how they begin and end, and what is kept of them.
 */
@LatchkeyTest
class SessionTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private UserService users;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private MockMvc mvc;

	@Autowired
	private TestClock clock;

	/** Contract 6: what was typed is kept. */
	@Test
	void whatWasTypedForATokenIsThereAfterThePassword() {
		User user = this.people.user();
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		visitor.get("/tokens/new");
		this.clock.advance(Duration.ofMinutes(61));
		HttpResponse<String> again = visitor.post("/tokens/new", "form", visitor.form(), "name", "Nightly & <b>",
				"scopes", "user:read", "expiration", "7", "allowedIps", "192.0.2.0/24", "rateLimit", "5");
		assertThat(again.headers().firstValue("Location").orElseThrow()).endsWith("/login");
		this.clock.run();
		visitor.get("/login");
		String back = visitor.post("/login", "email", user.email(), "password", People.PASSWORD)
			.headers()
			.firstValue("Location")
			.orElseThrow();
		String form = visitor.get(back.substring(back.indexOf("/tokens/new"))).body();
		assertThat(form)
			.contains("value=\"Nightly &amp; &lt;b&gt;\"", "192.0.2.0/24", "value=\"5\"",
					"<option value=\"7\" selected")
			.containsPattern("id=\"scope-user:read\"[^>]*checked|checked[^>]*id=\"scope-user:read\"");
	}

	@Test
	void aSignInHasASessionOfItsOwn() {
		Visitor visitor = new Visitor(this.http.base());
		String before = "a".repeat(43);
		visitor.session(before);
		HttpResponse<String> answer = visitor.signIn(this.people.user().email(), People.PASSWORD);
		assertThat(answer.headers().firstValue("Location")).contains("/tokens");
		assertThat(answer.headers().allValues("Set-Cookie"))
			.filteredOn((cookie) -> cookie.startsWith("latchkey_session="))
			.singleElement()
			.asString()
			.matches("latchkey_session=[A-Za-z0-9_-]{43};.*")
			.doesNotContain(before);
		Visitor thief = new Visitor(this.http.base());
		thief.session(before);
		assertThat(thief.get("/tokens").statusCode()).isEqualTo(302);
	}

	@Test
	void theDatabaseHoldsNeitherTheCookieNorRights() {
		Visitor visitor = signedIn(this.people.superuser());
		String row = this.jdbc.queryForList("select * from web_session").toString();
		assertThat(row).doesNotContain(visitor.session()).contains(SessionIds.digest(visitor.session()));
		List<byte[]> kept = this.jdbc.queryForList("""
				select attribute_bytes from web_session_attributes a join web_session s
				on s.primary_id = a.session_primary_id where s.session_id = ?""", byte[].class,
				SessionIds.digest(visitor.session()));
		assertThat(kept).isNotEmpty()
			.noneMatch((bytes) -> new String(bytes, StandardCharsets.ISO_8859_1)
				.matches("(?s).*(users:write|SUPERUSER|" + visitor.session() + ").*"));
	}

	@Test
	void theDigestIsNoKey() {
		Visitor visitor = signedIn(this.people.user());
		Visitor thief = new Visitor(this.http.base());
		thief.session(SessionIds.digest(visitor.session()));
		assertThat(thief.get("/tokens").statusCode()).isEqualTo(302);
	}

	@Test
	void theCookieIsOutOfReachForScriptsAndOtherSites() throws Exception {
		String cookie = new Visitor(this.http.base()).get("/login").headers().firstValue("Set-Cookie").orElseThrow();
		assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Secure");
		MvcResult overTls = this.mvc.perform(get("/login").secure(true)).andReturn();
		assertThat(overTls.getResponse().getHeaders("Set-Cookie")).isNotEmpty()
			.allSatisfy((secure) -> assertThat(secure).startsWith("__Host-")
				.contains("HttpOnly", "Path=/", "Secure")
				.doesNotContain("Domain"));
		assertThat(overTls.getResponse().getCookies())
			.allSatisfy((guest) -> assertThat(guest.getAttribute("SameSite")).isEqualTo("Lax"));
		assertThat(overTls.getResponse().getHeader("Strict-Transport-Security")).startsWith("max-age=31536000");
	}

	@Test
	void neitherIsTheCookieOfWhoHasSignedIn() throws Exception {
		User user = this.people.user();
		HttpResponse<String> inClear = new Visitor(this.http.base()).signIn(user.email(), People.PASSWORD);
		assertThat(inClear.headers().allValues("Set-Cookie")).filteredOn((cookie) -> cookie.contains("_session="))
			.singleElement(InstanceOfAssertFactories.STRING)
			.startsWith("latchkey_session=")
			.contains("HttpOnly", "SameSite=Lax", "Path=/")
			.doesNotContain("Secure");
		MvcResult page = this.mvc.perform(get("/login").secure(true)).andReturn();
		Matcher csrf = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"")
			.matcher(page.getResponse().getContentAsString());
		assertThat(csrf.find()).isTrue();
		MvcResult overTls = this.mvc
			.perform(post("/login").secure(true)
				.cookie(page.getResponse().getCookies())
				.contentType(MediaType.APPLICATION_FORM_URLENCODED)
				.content(Forms.form("_csrf", csrf.group(1), "email", user.email(), "password", People.PASSWORD)))
			.andReturn();
		assertThat(overTls.getResponse().getHeaders("Set-Cookie")).filteredOn((cookie) -> cookie.contains("_session="))
			.singleElement(InstanceOfAssertFactories.STRING)
			.startsWith("__Host-latchkey_session=")
			.contains("HttpOnly", "SameSite=Lax", "Path=/", "Secure")
			.doesNotContain("Domain");
	}

	/** Whoever can set cookies for the domain in clear cannot give somebody a session. */
	@Test
	void overTlsTheCookieIsReadUnderItsOwnNameAlone() throws Exception {
		String session = signedIn(this.people.user()).session();
		this.mvc.perform(get("/api/user").secure(true).cookie(new Cookie("__Host-latchkey_session", session)))
			.andExpect(status().isOk());
		this.mvc.perform(get("/api/user").secure(true).cookie(new Cookie("latchkey_session", session)))
			.andExpect(status().isUnauthorized());
		this.mvc.perform(get("/api/user").cookie(new Cookie("__Host-latchkey_session", session)))
			.andExpect(status().isUnauthorized());
	}

	@Test
	void aCallWithATokenDoesNotTouchTheSessions() {
		User user = this.people.user();
		Cookie cookie = new Cookie("latchkey_session", signedIn(user).session());
		String token = this.people.raw(user, "user:read");
		assertThat(statements(get("/api/user").header("Authorization", "Bearer " + token).cookie(cookie)))
			.noneMatch((sql) -> sql.contains("web_session"));
		assertThat(statements(get("/api/scopes"))).noneMatch((sql) -> sql.contains("web_session"));
		assertThat(statements(get("/api/user").cookie(cookie))).anyMatch((sql) -> sql.contains("web_session"));
	}

	@Test
	void oneCookieIsLookedUpAndOnlyIfItHasTheForm() throws Exception {
		String session = signedIn(this.people.user()).session();
		Cookie[] many = IntStream.range(0, 190)
			.mapToObj((i) -> new Cookie("latchkey_session", "%043d".formatted(i)))
			.toArray(Cookie[]::new);
		assertThat(statements(get("/api/user").cookie(many))).filteredOn((sql) -> sql.contains("web_session"))
			.hasSize(1);
		Cookie[] malformed = IntStream.range(0, 190)
			.mapToObj((i) -> new Cookie("latchkey_session", "x" + i))
			.toArray(Cookie[]::new);
		assertThat(statements(get("/api/user").cookie(malformed))).noneMatch((sql) -> sql.contains("web_session"));
		this.mvc.perform(get("/api/user").cookie(malformed).cookie(new Cookie("latchkey_session", session)))
			.andExpect(status().isOk());
	}

	@Test
	void aCallWithoutACookieMakesNoSession() {
		assertThat(this.http.get("/api/user").header("Set-Cookie")).isNull();
		assertThat(this.http.get("/api/nowhere").header("Set-Cookie")).isNull();
	}

	@Test
	void aSessionMayCallTheApiButChangesNeedItsCsrfToken() {
		Visitor visitor = signedIn(this.people.user());
		Map<String, List<String>> cookie = Map.of("Cookie", List.of("latchkey_session=" + visitor.session()));
		assertThat(this.http.send("GET", "/api/user", null, cookie).status()).isEqualTo(200);
		assertThat(this.http.send("DELETE", "/api/tokens", null, cookie).status()).isEqualTo(403);
	}

	@Test
	void aFormWithoutTheCsrfTokenIsRefused() {
		Visitor visitor = signedIn(this.people.user());
		visitor.forgetCsrf();
		assertThat(visitor.post("/account", "name", "Mallory").statusCode()).isEqualTo(403);
	}

	@Test
	void disablingEndsEverySessionAtOnce() {
		User user = this.people.user();
		Visitor visitor = signedIn(user);
		this.people.disable(user);
		assertThat(visitor.get("/tokens").statusCode()).isEqualTo(302);
		assertThat(sessionsOf(user)).isZero();
	}

	@Test
	void deletingEndsEverySessionAtOnce() {
		User user = this.people.user();
		Visitor visitor = signedIn(user);
		this.users.delete(Actor.SERVER, user.id());
		assertThat(visitor.get("/tokens").statusCode()).isEqualTo(302);
		assertThat(sessionsOf(user)).isZero();
	}

	@Test
	void aNewPasswordEndsTheOtherSessions() {
		User user = this.people.user();
		Visitor here = signedIn(user);
		Visitor elsewhere = signedIn(user);
		here.get("/account");
		assertThat(here.post("/account", "current", People.PASSWORD, "password", "another battery").statusCode())
			.isEqualTo(302);
		assertThat(here.get("/tokens").statusCode()).isEqualTo(200);
		assertThat(elsewhere.get("/tokens").statusCode()).isEqualTo(302);
		this.people.setPassword(user, "by an administrator");
		assertThat(here.get("/tokens").statusCode()).isEqualTo(302);
	}

	@Test
	void aSessionEndsAtItsAbsoluteLimitHoweverMuchItIsUsed() {
		Visitor visitor = signedIn(this.people.user());
		this.clock.advance(Duration.ofHours(11));
		assertThat(visitor.get("/tokens").statusCode()).isEqualTo(200);
		this.clock.advance(Duration.ofHours(1));
		assertThat(visitor.get("/tokens").statusCode()).isEqualTo(302);
	}

	/** At the sign-in, whether he is led there or goes there. */
	@Test
	void whoseSessionHasEndedIsToldSo() {
		for (Consumer<User> end : List.<Consumer<User>>of(
				(user) -> this.jdbc.update(
						"update web_session set last_access_time = last_access_time - 1800000,"
								+ " expiry_time = expiry_time - 1800000 where principal_name = ?",
						user.id().toString()),
				(user) -> this.people.setPassword(user, "by an administrator"),
				(user) -> this.clock.advance(Duration.ofHours(12)))) {
			this.clock.run();
			User user = this.people.user();
			Visitor led = signedIn(user);
			Visitor gone = signedIn(user);
			end.accept(user);
			String location = led.get("/tokens?q=x").headers().firstValue("Location").orElseThrow();
			assertThat(location).endsWith("/login?expired");
			assertThat(led.get("/login?expired").body()).contains("Your session has ended");
			assertThat(gone.get("/login").body()).contains("Your session has ended");
		}
		this.clock.run();
		Visitor nobody = new Visitor(this.http.base());
		assertThat(nobody.get("/tokens").headers().firstValue("Location").orElseThrow()).endsWith("/login");
		assertThat(nobody.get("/login").body()).doesNotContain("Your session has ended");
		Visitor out = signedIn(this.people.user());
		out.get("/account");
		assertThat(out.post("/logout").headers().firstValue("Location").orElseThrow()).endsWith("/login?bye");
		assertThat(out.get("/login?bye").body()).doesNotContain("Your session has ended");
	}

	/** The tokens are for users. */
	@Test
	void aGuestIsLedToAPageThatHeMaySee() {
		User guest = this.people.with(Role.GUEST);
		for (String first : List.of("/login", "/", "/tokens")) {
			Visitor visitor = new Visitor(this.http.base());
			visitor.get(first);
			String home = visitor.signIn(guest.email(), People.PASSWORD).headers().firstValue("Location").orElseThrow();
			assertThat(home).as(first).endsWith("/account");
			HttpResponse<String> page = visitor.get("/account");
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.body()).doesNotContain("href=\"/tokens\"");
			assertThat(visitor.get("/").headers().firstValue("Location").orElseThrow()).endsWith("/account");
		}
	}

	@Test
	void aSessionEndsWhenNothingHappens() {
		User user = this.people.user();
		Visitor visitor = signedIn(user);
		Integer idle = this.jdbc.queryForObject(
				"select max_inactive_interval from web_session where principal_name = ?", Integer.class,
				user.id().toString());
		assertThat(idle).isEqualTo(30 * 60);
		this.jdbc.update("update web_session set last_access_time = last_access_time - 1800000,"
				+ " expiry_time = expiry_time - 1800000 where principal_name = ?", user.id().toString());
		assertThat(visitor.get("/tokens").statusCode()).isEqualTo(302);
	}

	@Test
	void whatAnotherVersionWroteIsNoFailure() {
		User user = this.people.user();
		Visitor visitor = signedIn(user);
		this.jdbc.update("update web_session_attributes set attribute_bytes = '\\x00' where session_primary_id in"
				+ " (select primary_id from web_session where principal_name = ?)", user.id().toString());
		assertThat(visitor.get("/tokens").statusCode()).isEqualTo(302);
		assertThat(visitor.signIn(user.email(), People.PASSWORD).headers().firstValue("Location")).contains("/tokens");
	}

	/** Whoever can write to the table must not thereby break the pages. */
	@Test
	void whatStandsInTheWrongPlaceIsAbsent() throws IOException {
		ArrayList<Object> texts = new ArrayList<>(List.of("text", 1));
		for (Object odd : List.of("text", 1, texts, new SecurityContextImpl(),
				new SecurityContextImpl(
						UsernamePasswordAuthenticationToken.authenticated("text", null, AuthorityUtils.NO_AUTHORITIES)),
				new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(new SessionUser(null, 0),
						null, AuthorityUtils.NO_AUTHORITIES)),
				new DefaultCsrfToken("h", "p", "t"), new FlashMap())) {
			User user = this.people.user();
			Visitor visitor = signedIn(user);
			visitor.get("/account");
			visitor.post("/account", "name", "Else");
			this.jdbc.update(
					"update web_session_attributes set attribute_bytes = ? where session_primary_id in"
							+ " (select primary_id from web_session where principal_name = ?)",
					bytes(odd), user.id().toString());
			for (String name : List.of("another", ReturnPath.class.getName(),
					SessionFlashMapManager.class.getName() + ".FLASH_MAPS",
					FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "SPRING_SECURITY_LAST_EXCEPTION",
					"SPRING_SECURITY_SAVED_REQUEST")) {
				this.jdbc
					.update("insert into web_session_attributes (session_primary_id, attribute_name, attribute_bytes)"
							+ " select primary_id, ?, ? from web_session where principal_name = ? on conflict do nothing",
							name, bytes(odd), user.id().toString());
			}
			for (String path : List.of("/login", "/tokens", "/account", "/logout", "/nowhere", "/error")) {
				assertThat(visitor.get(path).statusCode()).as(path + " " + odd.getClass()).isLessThan(500);
			}
			assertThat(visitor.get("/tokens").statusCode()).isEqualTo(302);
			assertThat(visitor.signIn(user.email(), People.PASSWORD).headers().firstValue("Location"))
				.contains("/tokens");
		}
	}

	private static byte[] bytes(Object value) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(value);
		}
		return bytes.toByteArray();
	}

	@Test
	void aHeaderOpensNoPageAndTakesTheSessionAway() {
		User user = this.people.user();
		Visitor visitor = signedIn(user);
		Map<String, List<String>> both = Map.of("Cookie", List.of("latchkey_session=" + visitor.session()),
				"Authorization", List.of("Bearer " + this.people.raw(user, "*")));
		assertThat(this.http.send("GET", "/tokens", null, both).status()).isEqualTo(302);
	}

	private Visitor signedIn(User user) {
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		return visitor;
	}

	private Integer sessionsOf(User user) {
		return this.jdbc.queryForObject("select count(*) from web_session where principal_name = ?", Integer.class,
				user.id().toString());
	}

	private List<String> statements(MockHttpServletRequestBuilder request) {
		return StatementCounter.during(() -> {
			try {
				this.mvc.perform(request);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

}
