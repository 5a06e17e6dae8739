package dev.latchkey.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Routes;
import dev.latchkey.testing.Routes.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server answers under its own names, and what services ask under any.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = { "latchkey.web.public-url=https://tok.example.com,http://127.0.0.1",
		"latchkey.web.cors.allowed-origins=https://app.example" })
class PublicUrlTests {

	/** As contract 4 lists them. */
	private static final List<String> UNDER_ANY_NAME = List.of("/livez", "/readyz", "/forward-auth", "/oauth2/token",
			"/oauth2/introspect", "/oauth2/revoke", "/oauth2/jwks", "/oauth2/device_authorization", "/changes",
			"/secret-scanning/alerts");

	private static final List<String> OUTSIDE_OF_MVC = List.of("/login", "/logout", "/css/latchkey.css", "/favicon.svg",
			"/nowhere", "/api/nowhere", "/security/generate-token", "/oauth2/authorize", "/oauth2/consent",
			"/.well-known/oauth-authorization-server", "/livez/", "/forward-authx", "/actuator/health");

	@Autowired
	private Http http;

	@Autowired
	private Routes routes;

	@Autowired
	private People people;

	@LocalManagementPort
	private int managementPort;

	@Autowired
	private RequestMappingHandlerMapping requestMappingHandlerMapping;

	@Test
	void everyRouteOfPeopleAndOfTheApiIsMisdirectedUnderAnotherName() throws Exception {
		Set<String> paths = this.requestMappingHandlerMapping.getHandlerMethods()
			.keySet()
			.stream()
			.flatMap((route) -> route.getPatternValues().stream())
			.map((pattern) -> pattern.replaceAll("\\{[^}]*}", "x").replace("**", "x").replace("//", "/"))
			.collect(Collectors.toCollection(TreeSet::new));
		paths.addAll(OUTSIDE_OF_MVC);
		assertThat(paths).hasSizeGreaterThan(40);
		for (String path : paths) {
			if (!UNDER_ANY_NAME.contains(path)) {
				assertThat(ask("GET", path, "evil.example")).as(path).startsWith("HTTP/1.1 421");
			}
		}
	}

	@Test
	void theDocumentAboutTheApiNamesTheFirstAddress() {
		assertThat(this.http.get("/v3/api-docs").<List<String>>json("servers[*].url"))
			.containsExactly("https://tok.example.com");
	}

	@Test
	void theRefusalNamesTheSetting() throws Exception {
		String answer = ask("POST", "/api/login", "tok.example.com.evil.example");
		assertThat(answer).startsWith("HTTP/1.1 421").contains("application/problem+json");
		String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
		assertThat(JsonPath.<String>read(body, "$.code")).isEqualTo("misdirected_request");
		assertThat(JsonPath.<Integer>read(body, "$.status")).isEqualTo(421);
		assertThat(JsonPath.<String>read(body, "$.detail")).contains("latchkey.web.public-url");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "tok.example.com", "TOK.EXAMPLE.COM:8443", "tok.example.com.", "127.0.0.1", "127.0.0.1:99" })
	void namesAreComparedAndPortsAreNot(String host) throws Exception {
		assertThat(ask("GET", "/login", host)).startsWith("HTTP/1.1 200");
		assertThat(ask("GET", "/api/user", host)).startsWith("HTTP/1.1 401");
	}

	@Test
	void whatServicesAskAnswersUnderAnyName() throws Exception {
		for (String path : UNDER_ANY_NAME) {
			for (String host : List.of("evil.example", "latchkey_app", "10.1.2.3:8080")) {
				assertThat(ask("GET", path, host)).as(path + " " + host).doesNotStartWith("HTTP/1.1 421");
			}
			assertThat(send("GET " + path + " HTTP/1.0\r\n\r\n")).as(path).doesNotContain(" 421 ");
		}
		assertThat(send("GET /livez HTTP/1.0\r\n\r\n")).contains(" 200 ");
		assertThat(send("GET /login HTTP/1.0\r\n\r\n")).contains(" 421 ");
		assertThat(ask("GET", "/forward-auth/anything", "evil.example")).doesNotStartWith("HTTP/1.1 421");
	}

	@Test
	void theManagementPortAnswersUnderAnyNameOrNone() throws Exception {
		for (String path : List.of("/actuator/health", "/actuator/info", "/actuator/prometheus")) {
			String asked = "GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
			assertThat(send(this.managementPort, asked)).as(path).startsWith("HTTP/1.1 200");
			assertThat(send(this.managementPort, "GET " + path + " HTTP/1.0\r\n\r\n")).as(path).contains(" 200 ");
		}
	}

	/** An application in a browser learns which setting is missing. */
	@Test
	void anAdmittedOriginCanReadTheRefusalAndNoOtherCan() throws Exception {
		List<String> paths = this.routes.all()
			.stream()
			.map(Route::path)
			.filter((path) -> path.startsWith("/api/") || path.startsWith("/.well-known/"))
			.distinct()
			.toList();
		assertThat(paths).hasSizeGreaterThan(20);
		for (String path : paths) {
			String asked = "GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nOrigin: %s\r\nConnection: close\r\n\r\n";
			assertThat(send(asked.formatted("https://app.example"))).as(path)
				.startsWith("HTTP/1.1 421")
				.contains("misdirected_request", "Access-Control-Allow-Origin: https://app.example", "Vary: Origin");
			assertThat(send(asked.formatted("https://evil.example"))).as(path)
				.doesNotContain("HTTP/1.1 200", "Access-Control-Allow-Origin");
		}
	}

	@Test
	void theIssuerIsTheFirstUnderWhicheverNameItIsAsked() throws Exception {
		for (String host : List.of("127.0.0.1", "tok.example.com")) {
			assertThat(ask("GET", "/.well-known/oauth-authorization-server", host))
				.contains("\"issuer\":\"https://tok.example.com\"", "\"https://tok.example.com/oauth2/token\"");
		}
	}

	/** RFC 9728. */
	@Test
	void challengesNameTheDocumentAboutThisServerByItsFirstAddress() throws Exception {
		String named = "resource_metadata=\"https://tok.example.com/.well-known/oauth-protected-resource\"";
		assertThat(ask("GET", "/api/user", "127.0.0.1"))
			.contains("WWW-Authenticate: Bearer realm=\"latchkey\", " + named + "\r\n");
		String wrong = "Host: %s\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n";
		assertThat(send("GET /api/user HTTP/1.1\r\n" + wrong.formatted("tok.example.com")))
			.contains("error_description=\"The token is not valid\", " + named + "\r\n");
		assertThat(send("GET /forward-auth HTTP/1.1\r\n" + wrong.formatted("evil.example")))
			.contains("error_description=\"The token is not valid\", " + named + "\r\n");
		String form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n";
		assertThat(send("POST /oauth2/introspect HTTP/1.1\r\n" + form + wrong.formatted("evil.example") + "token=x"))
			.contains("error_description=\"The token is not valid\", " + named + "\r\n");
		assertThat(send("GET /forward-auth/x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
			.contains("error_description=\"The proxy says nothing to ask for\", " + named + "\r\n");
		assertThat(send("GET /changes HTTP/1.1\r\n" + wrong.formatted("evil.example")))
			.contains("error_description=\"The token is not valid\", " + named + "\r\n");
		String document = ask("GET", "/.well-known/oauth-protected-resource", "127.0.0.1");
		assertThat(document).startsWith("HTTP/1.1 200")
			.contains("\"resource\":\"https://tok.example.com\"",
					"\"authorization_servers\":[\"https://tok.example.com\"]",
					"\"bearer_methods_supported\":[\"header\"]", "\"resource_name\":\"Latchkey\"", "\"user:read\"");
	}

	@Test
	void aChallengeForAnotherServiceNamesTheDocumentAboutIt() throws Exception {
		String admin = this.people.raw(this.people.superuser(), "*");
		assertThat(send("PUT /api/resources/named-by-challenges HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
				+ admin + "\r\nContent-Type: application/json\r\nContent-Length: 130\r\nConnection: close\r\n\r\n"
				+ "%-130s".formatted("{\"address\":\"https://n.example\",\"scopes\":"
						+ "[{\"name\":\"namedbychallenges:read\",\"description\":\"See\",\"role\":\"USER\"}]}")))
			.startsWith("HTTP/1.1 201");
		String document = "https://tok.example.com/.well-known/oauth-protected-resource/named-by-challenges\"";
		assertThat(ask("GET", "/forward-auth?resource=named-by-challenges", "evil.example")).contains(document);
		assertThat(ask("GET", "/forward-auth?resource=nobody", "evil.example"))
			.contains("https://tok.example.com/.well-known/oauth-protected-resource\"");
		assertThat(ask("GET", "/.well-known/oauth-protected-resource/named-by-challenges", "127.0.0.1")).contains(
				"\"resource\":\"https://n.example\"", "\"scopes_supported\":[\"namedbychallenges:read\"]",
				"\"authorization_servers\":[\"https://tok.example.com\"]");
		assertThat(ask("GET", "/.well-known/oauth-protected-resource/nobody", "127.0.0.1")).startsWith("HTTP/1.1 404");
	}

	@Test
	void cookiesAreAsSecureAsTheAddress() throws Exception {
		assertThat(ask("GET", "/login", "tok.example.com")).containsPattern("Set-Cookie: __Host-[^\r]*; Secure");
		assertThat(ask("GET", "/login", "127.0.0.1")).containsPattern("Set-Cookie: latchkey_csrf")
			.doesNotContainPattern("Set-Cookie:[^\r]*Secure");
	}

	@Test
	void aFormOfTheServersOwnIsOfNoOtherOrigin() throws Exception {
		String own = "POST /api/login HTTP/1.1\r\nHost: tok.example.com\r\nOrigin: %s\r\nContent-Length: 2\r\n"
				+ "Content-Type: application/json\r\nConnection: close\r\n\r\n{}";
		assertThat(send(own.formatted("https://tok.example.com"))).startsWith("HTTP/1.1 422");
		assertThat(send(own.formatted("http://tok.example.com"))).startsWith("HTTP/1.1 403");
		assertThat(send(own.formatted("https://evil.example"))).startsWith("HTTP/1.1 403");
	}

	@Test
	void aNameWithAnUnderscoreIsRead() throws Exception {
		for (String host : List.of("latchkey_app", "latchkey_app:8080", "_a.b_c.example")) {
			assertThat(ask("GET", "/livez", host)).as(host).startsWith("HTTP/1.1 200");
			assertThat(ask("GET", "/login", host)).as(host).startsWith("HTTP/1.1 421");
		}
	}

	@Test
	void aHostThatIsNoNameIsNamedInTheLogWithTheLineThatMendsIt(CapturedOutput log) throws Exception {
		for (String host : List.of("a_b/c", "a..b", "a_b:port", "-", "[::1", "a_b:80:80")) {
			assertThat(ask("GET", "/livez", host)).as(host).startsWith("HTTP/1.1 400");
			assertThat(log).contains("\"Host: " + host + "\"");
		}
		assertThat(log).contains("proxy_set_header Host $http_host;");
		for (int i = 0; i < 30; i++) {
			ask("GET", "/livez", "a/" + i);
		}
		assertThat(log.toString().split("is no name", -1)).hasSizeLessThanOrEqualTo(11);
	}

	private String ask(String method, String path, String host) throws IOException {
		return send(method + " " + path + " HTTP/1.1\r\nHost: " + host
				+ "\r\nAccept: */*\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	}

	private String send(String request) throws IOException {
		return send(this.http.port(), request);
	}

	private static String send(int port, String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
