package dev.latchkey.oauth;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.caller.User;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application of a third party, made with Spring's own client library, and a person
 * before a real Chromium.
 */
@LatchkeyTest
@EnabledIf("isChromiumHere")
class ThirdPartyTests {

	private static final Path PROGRAM = Path.of("/usr/bin/chromium");

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	private final BlockingQueue<String> calledBack = new LinkedBlockingQueue<>();

	private HttpServer application;

	private ClientRegistration registration;

	private User user;

	static boolean isChromiumHere() {
		return Files.exists(PROGRAM) && Files.exists(DRIVER);
	}

	@BeforeEach
	void startApplication() throws IOException {
		this.user = this.people.user();
		this.application = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		this.application.createContext("/callback", (exchange) -> {
			this.calledBack.add(exchange.getRequestURI().toString());
			byte[] body = "<title>Back</title><p id=back>Back at the application".getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "text/html");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.application.start();
		String callback = "http://127.0.0.1:%d/callback".formatted(this.application.getAddress().getPort());
		RegisteredSecret made = this.apps.register(ClientRequest.named("Parcel <b>Tracker</b>")
			.redirectingTo(callback)
			.allowed("notes:read", "notes:write")
			.by("authorization_code", "refresh_token"));
		this.registration = ClientRegistration.withRegistrationId("latchkey")
			.clientId(made.client().clientId())
			.clientSecret(made.secret().value())
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri(callback)
			.scope("notes:read", "notes:write")
			.authorizationUri(this.http.base() + "/oauth2/authorize")
			.tokenUri(this.http.base() + "/oauth2/token")
			.build();
	}

	@AfterEach
	void stopApplication() {
		this.application.stop(0);
	}

	@Test
	void anApplicationGetsAUsersConsentInTheBrowserAndActsForHim() throws Exception {
		OAuth2AuthorizationRequest request = request();
		try (Chromium chromium = new Chromium()) {
			chromium.driver.get(request.getAuthorizationRequestUri());
			chromium.signIn(this.user);
			chromium.await("#allow");
			assertThat(chromium.driver.findElement(By.tagName("h1")).getText())
				.isEqualTo("Allow Parcel <b>Tracker</b> to act for you?");
			chromium.driver.findElement(By.cssSelector("input[value='notes:write']")).click();
			chromium.driver.findElement(By.xpath("//button[text()='Allow']")).click();
			chromium.await("#back");
		}
		OAuth2AccessTokenResponse tokens = redeem(request);
		assertThat(tokens.getAccessToken().getScopes()).containsExactly("notes:read");
		assertThat(this.http.get("/api/notes", tokens.getAccessToken().getTokenValue()).status()).isEqualTo(200);

		OAuth2AccessTokenResponse refreshed = new RestClientRefreshTokenTokenResponseClient()
			.getTokenResponse(new OAuth2RefreshTokenGrantRequest(this.registration, tokens.getAccessToken(),
					tokens.getRefreshToken()));
		String access = refreshed.getAccessToken().getTokenValue();
		assertThat(this.http.get("/api/notes", access).status()).isEqualTo(200);

		String basic = Forms.basic(this.registration.getClientId(), this.registration.getClientSecret());
		assertThat(this.http.postForm("/oauth2/revoke", basic, "token", refreshed.getRefreshToken().getTokenValue())
			.status()).isEqualTo(200);
		assertThat(this.http.get("/api/notes", access).status()).isEqualTo(401);
		assertThatExceptionOfType(OAuth2AuthorizationException.class).isThrownBy(() -> redeem(request))
			.satisfies((failure) -> assertThat(failure.getError().getErrorCode()).isEqualTo("invalid_grant"));
	}

	@Test
	void whoAgreedBeforeIsSentBackRightAfterTheSignIn() throws Exception {
		try (Chromium chromium = new Chromium()) {
			chromium.driver.get(request().getAuthorizationRequestUri());
			chromium.signIn(this.user);
			chromium.await("#allow");
			chromium.driver.findElement(By.xpath("//button[text()='Allow']")).click();
			chromium.await("#back");
			chromium.driver.get(this.http.base());
			chromium.driver.manage().deleteAllCookies();
			OAuth2AuthorizationRequest second = request();
			this.calledBack.clear();
			chromium.driver.get(second.getAuthorizationRequestUri());
			chromium.signIn(this.user);
			chromium.await("#back");
			assertThat(redeem(second).getAccessToken().getTokenValue()).startsWith("lko_");
		}
	}

	@Test
	void aUserSaysNo() throws Exception {
		try (Chromium chromium = new Chromium()) {
			chromium.driver.get(request().getAuthorizationRequestUri());
			chromium.signIn(this.user);
			chromium.await("#deny");
			chromium.driver.findElement(By.xpath("//button[text()='Deny']")).click();
			chromium.await("#back");
			assertThat(Forms.query(this.calledBack.take())).containsEntry("error", "access_denied");
		}
	}

	private OAuth2AuthorizationRequest request() {
		DefaultOAuth2AuthorizationRequestResolver resolver = new DefaultOAuth2AuthorizationRequestResolver(
				new InMemoryClientRegistrationRepository(this.registration), "/oauth2/authorization");
		resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
		return resolver.resolve(new MockHttpServletRequest("GET", "/oauth2/authorization/latchkey"), "latchkey");
	}

	private OAuth2AccessTokenResponse redeem(OAuth2AuthorizationRequest request) throws InterruptedException {
		String callback = this.calledBack.take();
		this.calledBack.add(callback);
		Map<String, String> query = Forms.query(callback);
		assertThat(query).containsEntry("state", request.getState());
		OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(query.get("code"))
			.redirectUri(request.getRedirectUri())
			.state(query.get("state"))
			.build();
		return new RestClientAuthorizationCodeTokenResponseClient()
			.getTokenResponse(new OAuth2AuthorizationCodeGrantRequest(this.registration,
					new OAuth2AuthorizationExchange(request, response)));
	}

	/** A browser without a window. */
	private static final class Chromium implements AutoCloseable {

		private final ChromeDriver driver = new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(),
				new ChromeOptions().setBinary(PROGRAM.toFile())
					.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
							"--no-first-run", "--disable-background-networking", "--no-proxy-server"));

		void signIn(User user) {
			await("#email");
			this.driver.findElement(By.id("email")).sendKeys(user.email());
			this.driver.findElement(By.id("password")).sendKeys(People.PASSWORD);
			this.driver.findElement(By.xpath("//button[normalize-space()='Sign in']")).click();
		}

		void await(String selector) {
			new WebDriverWait(this.driver, Duration.ofSeconds(30))
				.until((some) -> !some.findElements(By.cssSelector(selector)).isEmpty());
		}

		@Override
		public void close() {
			this.driver.quit();
		}

	}

}
