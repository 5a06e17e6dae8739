package dev.latchkey.oauth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.latchkey.caller.User;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that nobody has registered, which describe themselves at the address that is
 * their name.
 */
@LatchkeyTest
class ClientDocumentTests {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private static final AtomicInteger NAMES = new AtomicInteger();

	private static final Map<String, Served> DOCUMENTS = new ConcurrentHashMap<>();

	private static final AtomicInteger ASKED = new AtomicInteger();

	private static HttpsServer server;

	private static SSLContext before;

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private JdbcClient jdbc;

	private User user;

	private Visitor browser;

	private String client;

	@BeforeAll
	static void serveDocuments(@TempDir Path folder) throws Exception {
		Path keys = folder.resolve("keys.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost",
				"-validity", "3650", "-startdate", "-1y", "-storetype", "PKCS12", "-storepass", new String(PASSWORD),
				"-keystore", keys.toString())
			.redirectErrorStream(true)
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		SSLContext own = context(keys);
		before = SSLContext.getDefault();
		SSLContext.setDefault(own);
		server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(own));
		server.createContext("/", (exchange) -> {
			ASKED.incrementAndGet();
			Served served = DOCUMENTS.getOrDefault(exchange.getRequestURI().getPath(),
					new Served(404, "text/plain", "none"));
			byte[] body = served.body().getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", served.type());
			exchange.getResponseHeaders().add("Location", "/elsewhere.json");
			exchange.sendResponseHeaders(served.status(), body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
	}

	private static SSLContext context(Path keys) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(keys)) {
			store.load(in, PASSWORD);
		}
		KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(store, PASSWORD);
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("own", store.getCertificate("own"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
		return context;
	}

	@AfterAll
	static void stop() {
		server.stop(0);
		SSLContext.setDefault(before);
	}

	@BeforeEach
	void signIn() {
		this.user = this.people.user();
		this.browser = new Visitor(this.http.base()).signIn(this.user);
		String path = "/client-%d.json".formatted(NAMES.incrementAndGet());
		this.client = "https://localhost:%d%s".formatted(server.getAddress().getPort(), path);
		serve(200, "application/json", document(""));
		ASKED.set(0);
	}

	@Test
	void theMetadataSaysThatClientsMayDescribeThemselves() {
		assertThat(this.http.get("/.well-known/oauth-authorization-server")
			.<Boolean>json("client_id_metadata_document_supported")).isTrue();
	}

	@Test
	void aClientThatNobodyHasRegisteredActsForAUserWhoSaysYes() {
		HttpResponse<String> page = this.browser.get(Forms.location(ask("notes:read", "http://127.0.0.1:4711/back")));
		assertThat(page.body()).contains("Parcel Robot", this.client, "http://127.0.0.1:4711")
			.doesNotContain("id=\"unverified\"");
		String code = agree("notes:read", "http://127.0.0.1:4712/back");
		Answer tokens = token("grant_type", "authorization_code", "code", code, "code_verifier", Pkce.VERIFIER,
				"redirect_uri", "http://127.0.0.1:4712/back");
		assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
		assertThat(tokens.<String>json("scope")).isEqualTo("notes:read");
		assertThat(this.http.get("/api/notes", tokens.<String>json("access_token")).status()).isEqualTo(200);
		Answer refreshed = token("grant_type", "refresh_token", "refresh_token", tokens.json("refresh_token"));
		assertThat(refreshed.status()).isEqualTo(200);
		assertThat(this.browser.get("/tokens").body()).contains("Parcel Robot", this.client);
	}

	@Test
	void whatItSaysIsBelievedForAWhileAndThenAskedForAgain() {
		ask("notes:read", "https://robot.example/back");
		ask("notes:read", "https://robot.example/back");
		assertThat(ASKED).hasValue(1);
		serve(200, "application/json", document("").replace("Parcel Robot", "Parcel Android"));
		this.clock.advance(Duration.ofHours(1));
		this.browser = new Visitor(this.http.base()).signIn(this.user);
		HttpResponse<String> page = this.browser.get(Forms.location(ask("notes:read", "https://robot.example/back")));
		assertThat(page.body()).contains("Parcel Android");
		assertThat(ASKED).hasValue(2);
	}

	@Test
	void whoHasAgreedIsAskedAgainOnceTheDocumentIsAnother() {
		for (String[] change : new String[][] { { "Parcel Robot", "Parcel Bank" },
				{ "http://127.0.0.1/back", "https://evil.example/back" }, { "\"refresh_token\"", "\"urn:other\"" },
				{ "\"notes:read\"", "\"notes:read notes:write\"" } }) {
			String first = document(",\"scope\":\"notes:read\"");
			fresh(first);
			agree("notes:read", "https://robot.example/back");
			assertThat(isAsked()).as("at once").isFalse();
			later(first.replace("[\"https://robot.example/back\",\"http://127.0.0.1/back\"",
					"[\"http://127.0.0.1/back\",\"https://robot.example/back\""));
			assertThat(isAsked()).as("in another order").isFalse();
			later(first.replace(change[0], change[1]));
			assertThat(isAsked()).as(change[1]).isTrue();
			agree("notes:read", "https://robot.example/back");
			assertThat(isAsked()).as("agreed anew to " + change[1]).isFalse();
		}
	}

	@Test
	void aQuestionThatShowsAnotherDescriptionIsNotAnswered() {
		String state = Forms.query(Forms.location(ask("notes:read", "https://robot.example/back"))).get("state");
		User other = this.people.user();
		Visitor first = this.browser;
		serve(200, "application/json", document("").replace("Parcel Robot", "Parcel Bank"));
		believeNoLonger();
		this.browser = new Visitor(this.http.base()).signIn(other);
		ask("notes:read", "https://robot.example/back");
		assertThat(first.get("/oauth2/consent?state=" + encoded(state)).statusCode()).isEqualTo(404);
		assertThat(
				first.post("/oauth2/authorize", "client_id", this.client, "state", state, "scope", "notes:read").body())
			.doesNotContain("code=");
	}

	@Test
	void oneThatAnAdministratorHasRemovedStaysAwayUntilThatIsUndone() {
		String token = this.people.raw(this.people.superuser(), "*");
		Visitor admin = new Visitor(this.http.base()).signIn(this.people.superuser());
		for (boolean byPage : new boolean[] { false, true }) {
			assertThat(Forms.location(ask("notes:read", "https://robot.example/back"))).contains("/oauth2/consent");
			String id = this.jdbc.sql("select id from oauth_client where client_id = ?")
				.param(this.client)
				.query(String.class)
				.single();
			assertThat(this.http.delete("/api/clients/" + id, token).status()).isEqualTo(204);
			assertRefused(ask("notes:read", "https://robot.example/back"), 400, "removed");
			assertThat(this.http.get("/api/removed-clients", token).body()).contains(id, this.client, "Parcel Robot");
			assertThat(admin.get("/admin/clients").body()).contains("kept away", this.client);
			if (byPage) {
				assertThat(admin.post("/admin/clients/removed/%s/readmit".formatted(id)).statusCode()).isEqualTo(302);
			}
			else {
				assertThat(this.http.delete("/api/removed-clients/" + id, token).status()).isEqualTo(204);
			}
			assertThat(this.http.delete("/api/removed-clients/" + id, token).status()).isEqualTo(404);
			assertThat(this.http.get("/api/removed-clients", token).body()).doesNotContain(id);
		}
		assertThat(Forms.location(ask("notes:read", "https://robot.example/back"))).contains("/oauth2/consent");
	}

	private boolean isAsked() {
		return Forms.location(ask("notes:read", "https://robot.example/back")).contains("/oauth2/consent");
	}

	private void fresh(String document) {
		String before = path();
		this.client = this.client.replaceFirst("-\\d+\\.", "-" + NAMES.incrementAndGet() + ".");
		serve(200, "application/json", document.replace(before, path()));
	}

	private void later(String document) {
		serve(200, "application/json", document.replaceAll("/client-\\d+\\.json", path()));
		believeNoLonger();
	}

	private void believeNoLonger() {
		this.jdbc.sql("update oauth_client set document_until = now() - interval '10 years' where client_id = ?")
			.param(this.client)
			.update();
	}

	@Test
	void guestsMakeTheServerAskNobody() {
		this.browser = new Visitor(this.http.base());
		assertThat(Forms.location(ask("notes:read", "https://robot.example/back"))).contains("/oauth2/continue?");
		assertThat(ASKED).hasValue(0);
	}

	@Test
	void itAsksForNoMoreThanItsDocumentSays() {
		serve(200, "application/json", document(",\"scope\":\"notes:read\""));
		assertThat(Forms.query(Forms.location(ask("notes:write", "https://robot.example/back")))).containsEntry("error",
				"invalid_scope");
		assertThat(Forms.location(ask("notes:read", "https://robot.example/back"))).contains("/oauth2/consent");
	}

	@Test
	void anAddressThatTheDocumentDoesNotNameLeadsNowhere() {
		assertRefused(ask("notes:read", "https://evil.example/back"), 400, "elsewhere");
	}

	@Test
	void aDocumentThatIsNotTheClientsOwnIsRefused() {
		Map<String, String> wrong = Map.of("another client_id", document("").replace("/client-", "/other-"), "a secret",
				document(",\"client_secret\":\"s\""), "a key",
				document(",\"jwks_uri\":\"https://a/b\"").replace("\"none\"", "\"private_key_jwt\""), "no addresses",
				document("").replace("redirect_uris", "uris"), "no grant",
				document("").replace("authorization_code", "implicit"), "a list", "[]", "no JSON", "<html>", "long",
				document(",\"x\":\"" + "x".repeat(6000) + "\""));
		wrong.forEach((name, body) -> {
			this.client = this.client.replaceFirst("-\\d+\\.", "-" + NAMES.incrementAndGet() + ".");
			serve(200, "application/json", body.replaceAll("client-\\d+\\.json", path().substring(1)));
			assertRefused(ask("notes:read", "https://robot.example/back"), 400, name);
		});
	}

	@Test
	void aDocumentThatIsNotThereIsRefused() {
		Map<Served, Integer> wrong = Map.of(new Served(404, "application/json", document("")), 400,
				new Served(302, "application/json", document("")), 400, new Served(200, "text/html", document("")), 400,
				new Served(500, "application/json", document("")), 503);
		wrong.forEach((served, status) -> {
			this.client = this.client.replaceFirst("-\\d+\\.", "-" + NAMES.incrementAndGet() + ".");
			DOCUMENTS.put(path(), served);
			ASKED.set(0);
			assertRefused(ask("notes:read", "https://robot.example/back"), status, served.toString());
			assertRefused(ask("notes:read", "https://robot.example/back"), status, served.toString());
			assertThat(ASKED).as("is not asked again at once").hasValue(1);
		});
	}

	@Test
	void aServerThatDoesNotSpeakHttpIsAskedAnotherTime() throws Exception {
		for (String odd : List.of("\r\n\r\n", "HTTP/1.1\r\n\r\n", "SSH-2.0-x\r\n\r\n", "")) {
			try (ServerSocket listening = SSLContext.getDefault()
				.getServerSocketFactory()
				.createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
				Thread answering = new Thread(() -> answerOnce(listening, odd));
				answering.start();
				this.client = "https://localhost:%d/client.json".formatted(listening.getLocalPort());
				assertRefused(ask("notes:read", "https://robot.example/back"), 503, odd);
				answering.join();
			}
		}
	}

	private static void answerOnce(ServerSocket listening, String answer) {
		try (Socket asking = listening.accept()) {
			assertThat(asking.getInputStream().read()).isEqualTo('G');
			asking.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void nobodyMakesTheServerAskWhatLiesWithin() {
		int port = server.getAddress().getPort();
		for (String inner : List.of("https://127.0.0.1:%d/client-1.json", "https://[::1]:%d/client-1.json",
				"https://[::ffff:127.0.0.1]:%d/client-1.json", "https://2130706433:%d/client-1.json",
				"https://0x7f.0.0.1:%d/client-1.json", "https://127.1:%d/client-1.json",
				"https://localhost.:%d/client-1.json", "https://10.0.0.1:%d/x.json", "https://169.254.169.254/latest/x",
				"https://user@localhost:%d/client-1.json", "https://localhost:%d/../client-1.json",
				"https://localhost:%d/%%2e%%2e/client-1.json", "https://localhost:%d/client-1.json#x",
				"https://localhost:%d", "http://localhost:%d/client-1.json")) {
			this.client = inner.formatted(port);
			assertRefused(ask("notes:read", "https://robot.example/back"), 400, this.client);
		}
		assertThat(ASKED).hasValue(0);
	}

	@Test
	void peopleAreToldThatNobodyHasCheckedAClient() {
		this.client = "https://robot.example/client.json";
		this.jdbc
			.sql("""
					insert into oauth_client (id, client_id, name, grant_types, scopes, redirect_uris, created_at, document_until)
					values (gen_random_uuid(), ?, 'Your Bank', 'authorization_code', 'notes:read', 'https://robot.example/back',
					    now(), now() + interval '10 years') on conflict do nothing
					""")
			.param(this.client)
			.update();
		HttpResponse<String> page = this.browser.get(Forms.location(ask("notes:read", "https://robot.example/back")));
		assertThat(page.body()).contains("id=\"unverified\"", "<strong>robot.example</strong>", "Your Bank");
	}

	private void assertRefused(HttpResponse<String> answer, int status, String name) {
		assertThat(answer.statusCode()).as(name).isEqualTo(status);
		assertThat(answer.headers().firstValue("Location")).as(name).isEmpty();
		assertThat(answer.headers().firstValue("Retry-After").isPresent()).as(name).isEqualTo(status == 503);
	}

	private String agree(String scope, String redirectUri) {
		String consent = Forms.location(ask(scope, redirectUri));
		this.browser.get("/tokens");
		HttpResponse<String> answer = this.browser.post("/oauth2/authorize", "client_id", this.client, "state",
				Forms.query(consent).get("state"), "scope", scope);
		return Forms.query(Forms.leadsTo(answer)).get("code");
	}

	private HttpResponse<String> ask(String scope, String redirectUri) {
		return this.browser.get("/oauth2/authorize?response_type=code&client_id=%s&redirect_uri=%s&scope=%s&state=s"
			.formatted(encoded(this.client), encoded(redirectUri), encoded(scope))
				+ "&code_challenge_method=S256&code_challenge=" + Pkce.CHALLENGE);
	}

	private Answer token(String... fields) {
		return this.http.sendForm("/oauth2/token", Forms.form("client_id", this.client) + "&" + Forms.form(fields),
				Map.of());
	}

	private void serve(int status, String type, String body) {
		DOCUMENTS.put(path(), new Served(status, type, body));
	}

	private String path() {
		return this.client.substring(this.client.lastIndexOf('/'));
	}

	private String document(String more) {
		return """
				{"client_id":"%s","client_name":"Parcel Robot","token_endpoint_auth_method":"none",\
				"grant_types":["authorization_code","refresh_token"],"response_types":["code"],\
				"redirect_uris":["https://robot.example/back","http://127.0.0.1/back","vscode:none"]%s}"""
			.formatted(this.client, more);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private record Served(int status, String type, String body) {

	}

}
