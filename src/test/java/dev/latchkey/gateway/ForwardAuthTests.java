package dev.latchkey.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a proxy in front of another service is told.
 */
@LatchkeyTest
class ForwardAuthTests {

	static {
		System.setProperty("jdk.httpclient.allowRestrictedHeaders", "origin");
	}

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD" })
	void aGoodTokenPassesAndTheHeadersSayWhoseItIs(String method) {
		User user = this.people.user();
		IssuedToken token = this.people.token(user, "notes:*", "user:read");
		Answer answer = this.http.send(method, "/forward-auth?scope=user:read&scope=notes:write", null,
				Http.bearer(token.raw().reveal()));
		assertThat(answer.status()).isEqualTo(204);
		assertThat(answer.header("X-Auth-User-Id")).isEqualTo(user.id().toString());
		assertThat(answer.header("X-Auth-User")).isEqualTo(user.email());
		assertThat(answer.header("X-Auth-Scopes")).isEqualTo("notes:read notes:write user:read");
		assertThat(answer.header("X-Auth-Token-Id")).isEqualTo(token.details().id().toString());
		assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
	}

	@Test
	void aGuestIsAskedForAToken() {
		Answer answer = this.http.get("/forward-auth");
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"latchkey\"");
		assertThat(answer.header("X-Auth-User-Id")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer", "Bearer a b", "nonsense", "Bearer lkp_unknown" })
	void aMalformedHeaderIsUnauthorizedBecauseProxiesKnowNothingElse(String header) {
		Answer answer = this.http.send("GET", "/forward-auth", null, Map.of("Authorization", List.of(header)));
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
	}

	/** nginx makes 500 of any other refusal; what cannot be read, nobody has. */
	@ParameterizedTest
	@ValueSource(strings = { "scope=%00", "scope=a%00b", "scope=%zz", "scope=%ff", "scope=%C3%28", "scope=[x]",
			"scope={x}|<y>", "scope=%20", "a[]=1&scope=none:such", "scope=none:such&MANY" })
	void aQuestionThatCannotBeReadIsRefusedAsAProxyKnowsIt(String query) {
		String request = "GET /forward-auth?%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n";
		String asked = query.replace("MANY", "a=1&".repeat(1100));
		String token = this.people.raw(this.people.user(), "*");
		assertThat(this.http.raw(request.formatted(asked, ""))).startsWith("HTTP/1.1 401");
		assertThat(this.http.raw(request.formatted(asked, "Authorization: Bearer " + token + "\r\n")))
			.startsWith("HTTP/1.1 403");
	}

	@Test
	void whatIsNotLookedAtIsNoReasonToRefuse() {
		String token = this.people.raw(this.people.user(), "*");
		String request = "GET /forward-auth%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer %s\r\n%s\r\n";
		assertThat(this.http.raw(request.formatted("?a[]=1&b=%00", token, ""))).startsWith("HTTP/1.1 204");
		assertThat(this.http.raw(request.formatted("?b={\"x\"}|<y>\\^`", token, ""))).startsWith("HTTP/1.1 204");
		assertThat(this.http.raw(request.formatted("", token, "Content-Length: 70000\r\n\r\n") + "x".repeat(70_000)))
			.startsWith("HTTP/1.1 204");
	}

	@Test
	void twoHeadersAreUnauthorized() {
		String token = this.people.raw(this.people.user(), "user:read");
		Answer answer = this.http.send("GET", "/forward-auth", null,
				Map.of("Authorization", List.of("Bearer " + token, "Bearer " + token)));
		assertThat(answer.status()).isEqualTo(401);
	}

	@Test
	void aLackingScopeIsNamed() {
		String token = this.people.raw(this.people.user(), "user:read");
		Answer answer = this.http.get("/forward-auth?scope=user:read&scope=notes:write", token);
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.header("WWW-Authenticate"))
			.isEqualTo("Bearer realm=\"latchkey\", error=\"insufficient_scope\", scope=\"user:read notes:write\"");
		assertThat(answer.header("X-Auth-User-Id")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "no:such", "notes:*", "*", "", "a%22b", "%0d%0aX-Auth-User-Id:%20evil", "%C3%A9" })
	void whatNobodyHasLetsNobodyPassAndIsRepeatedOnlyIfItIsPlain(String scope) {
		String token = this.people.raw(this.people.with(Role.SUPERUSER), "*");
		Answer answer = this.http.get("/forward-auth?scope=" + scope, token);
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.header("X-Auth-User-Id")).isNull();
		assertThat(answer.header("WWW-Authenticate")).matches("[^\"]*(\"[A-Za-z0-9 _.:*-]*\"[^\"]*)*");
	}

	@ParameterizedTest
	@ValueSource(strings = { "scope=", "scope=user:read,notes:read", "any_scope=", "any_scope=%22", "scope=%ff",
			"scope=user:read&scope=bogus!", "scope=notes:write&scope=bogus!", "scope=USER:READ",
			"scope=user:read&any_scope=bogus!" })
	void whatIsNoScopesNameIsSaidToBeNone(String query) {
		Answer answer = this.http.get("/forward-auth?" + query, this.people.raw(this.people.user(), "*"));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.header("WWW-Authenticate"))
			.isEqualTo("Bearer realm=\"latchkey\", error=\"insufficient_scope\"");
		assertThat(answer.<String>json("detail")).contains("no scope's name");
	}

	/** Envoy keeps the client's, of which an extension of HTTP may have any. */
	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND",
			"M-SEARCH", "get" })
	void everyMethodIsAnswered(String method) {
		String token = this.people.raw(this.people.user(), "user:read");
		for (String path : List.of("/forward-auth", "/forward-auth/", "/forward-auth/a/b")) {
			String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
					+ "Latchkey-Scope: user:read\r\nAuthorization: Bearer %s\r\n\r\n";
			assertThat(this.http.raw(request.formatted(token))).as(path)
				.startsWith("HTTP/1.1 204")
				.contains("X-Auth-User-Id: ")
				.doesNotContain(token)
				.endsWith("\r\n\r\n");
			assertThat(this.http.raw(request.formatted("x"))).as(path).startsWith("HTTP/1.1 401");
			assertThat(this.http.raw(request.formatted(token)
				.replace("user:read", "notes:read")
				.replace(path + " ", path + "?scope=notes:read "))).as(path).startsWith("HTTP/1.1 403");
		}
	}

	@Test
	void connectingBeneathIsAMethodLikeAnyOther() {
		String token = this.people.raw(this.people.user(), "user:read");
		String request = "CONNECT /forward-auth/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
				+ "Latchkey-Scope:\r\n%s\r\n";
		assertThat(this.http.raw(request.formatted(""))).startsWith("HTTP/1.1 401");
		assertThat(this.http.raw(request.formatted("Authorization: Bearer " + token + "\r\n")))
			.startsWith("HTTP/1.1 204");
	}

	/** A form could name what somebody has, where the proxy asks for what he lacks. */
	@ParameterizedTest
	@ValueSource(strings = { "application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x",
			"nonsense" })
	void theBodyIsNotLookedAt(String type) {
		String token = this.people.raw(this.people.user(), "user:read");
		Map<String, List<String>> headers = Map.of("Authorization", List.of("Bearer " + token), "Content-Type",
				List.of(type), "Content-Encoding", List.of("gzip"));
		String form = "scope=notes:write&any_scope=user:read&resource=none&%zz";
		for (String method : List.of("POST", "PUT", "GET")) {
			assertThat(this.http.send(method, "/forward-auth?scope=user:read", form, headers).status()).isEqualTo(204);
			assertThat(this.http.send(method, "/forward-auth?any_scope=notes:write", form, headers).status())
				.isEqualTo(403);
			assertThat(
					this.http.sendChunked(method, "/forward-auth?scope=user:read", form.repeat(5000), headers).status())
				.isEqualTo(204);
		}
	}

	@Test
	void ofSomeScopesOneIsEnoughAndOfAllConditionsNoneMayFail() {
		String token = this.people.raw(this.people.user(), "user:read", "notes:read");
		Map<String, Integer> asked = new LinkedHashMap<>();
		asked.put("any_scope=user:read&any_scope=notes:write", 204);
		asked.put("any_scope=notes:write%20user:read", 204);
		asked.put("any_scope=notes:write", 403);
		asked.put("any_scope=notes:write&any_scope=no:such", 403);
		asked.put("any_scope=", 403);
		asked.put("any_scope", 403);
		asked.put("scope=user:read&any_scope=notes:read", 204);
		asked.put("scope=user:read&any_scope=notes:write", 403);
		asked.put("scope=notes:write&any_scope=user:read", 403);
		asked.put("scope=user:read&scope=notes:write", 403);
		asked.put("scope=user:read+notes:read", 204);
		asked.put("scope=user:read&resource=", 403);
		asked.put("scope=user:read&resource=none", 403);
		asked.put("scope", 403);
		asked.put("s%63ope=notes:write", 403);
		asked.put("unknown=1&Scope=notes:write&any-scope=x&scope[]=x&", 204);
		asked.put("any_scope=%zz&scope=user:read", 403);
		asked.forEach((query, status) -> assertThat(this.http
			.raw("GET /forward-auth?%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n"
				.formatted(query, token)))
			.as(query)
			.startsWith("HTTP/1.1 " + status));
	}

	@Test
	void aResourceThatTheTokenIsNotBoundToIsNamedByACodeOfItsOwn() {
		String token = this.people.raw(this.people.superuser(), "*");
		Answer answer = this.http.get("/forward-auth?resource=none&scope=user:read", token);
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.code()).isEqualTo("wrong_resource");
		assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer realm=\"latchkey\"");
		assertThat(answer.header("X-Auth-User-Id")).isNull();
		assertThat(this.http.get("/forward-auth?resource=latchkey", token).status()).isEqualTo(204);
		assertThat(this.http.get("/forward-auth?resource=latchkey&resource=none", token).code())
			.isEqualTo("wrong_resource");
		assertThat(this.http.get("/forward-auth?resource=none").status()).isEqualTo(401);
	}

	/** Whatever a page somewhere has a browser send would pass as its owner's. */
	@ParameterizedTest
	@ValueSource(strings = { "/forward-auth", "/forward-auth?scope=user:read", "/forward-auth?resource=latchkey",
			"/forward-auth/x" })
	void whoIsSignedInAtThePagesIsNobodyHere(String path) {
		User user = this.people.superuser();
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		Map<String, List<String>> headers = Map.of("Cookie", List.of("latchkey_session=" + visitor.session()),
				"Latchkey-Scope", List.of("user:read"));
		for (String method : List.of("GET", "HEAD", "POST", "DELETE")) {
			Answer answer = this.http.send(method, path, null, headers);
			assertThat(answer.status()).as(method).isEqualTo(401);
			assertThat(answer.header("X-Auth-User-Id")).as(method).isNull();
		}
	}

	/** Envoy takes no other status for leave to pass. */
	@Test
	void beneathItLeaveToPassMayBeA200() {
		String good = "Authorization: Bearer " + this.people.raw(this.people.user(), "user:read") + "\r\n";
		assertThat(beneath("/forward-auth/a", "Latchkey-Scope: user:read\r\nLatchkey-Status: 200\r\n" + good))
			.startsWith("HTTP/1.1 200")
			.contains("Content-Length: 0")
			.endsWith("\r\n\r\n");
		assertThat(beneath("/forward-auth/a", "Latchkey-Scope: none:such\r\nLatchkey-Status: 200\r\n" + good))
			.startsWith("HTTP/1.1 403");
		assertThat(beneath("/forward-auth/a", "Latchkey-Status: 200\r\n" + good)).startsWith("HTTP/1.1 403");
		for (String status : List.of("201", "", "200\u0085", "200, 200", "500")) {
			assertThat(beneath("/forward-auth/a", "Latchkey-Scope:\r\nLatchkey-Status: " + status + "\r\n" + good))
				.startsWith("HTTP/1.1 204");
		}
		assertThat(beneath("/forward-auth", "Latchkey-Status: 200\r\n" + good)).startsWith("HTTP/1.1 204");
	}

	@Test
	void theHeadersThatClientsSendAlongAreNotReadAtTheRouteItself() {
		String token = this.people.raw(this.people.user(), "user:read");
		assertThat(this.http.send("GET", "/forward-auth", null,
				Map.of("Authorization", List.of("Bearer " + token), "Latchkey-Scope", List.of("notes:write"),
						"Latchkey-Any-Scope", List.of("x"), "Latchkey-Resource", List.of("x")))
			.status()).isEqualTo(204);
		assertThat(this.http
			.send("GET", "/forward-auth?scope=notes:write", null,
					Map.of("Authorization", List.of("Bearer " + token), "Latchkey-Scope", List.of("user:read")))
			.status()).isEqualTo(403);
	}

	@Test
	void beneathItNobodyPassesUntilTheProxySaysWhatToAsk() {
		Map<String, String> senders = new LinkedHashMap<>();
		senders.put("a guest", "");
		senders.put("a superuser",
				"Authorization: Bearer %s\r\n".formatted(this.people.raw(this.people.superuser(), "*")));
		senders.forEach((who, header) -> {
			for (String path : List.of("/forward-auth/", "/forward-auth/a?scope=user:read&any_scope=user:read")) {
				assertThat(beneath(path, header)).as(who)
					.startsWith("HTTP/1.1 403")
					.contains("WWW-Authenticate: Bearer realm=\"latchkey\"", "\"code\":\"insufficient_scope\"",
							"Latchkey-Scope");
			}
		});
		assertThat(beneath("/forward-auth/a", "Authorization: Bearer lkp_nonsense\r\n")).startsWith("HTTP/1.1 401");
	}

	/** A client's may stand beside the proxy's, and proxies join them in their ways. */
	@Test
	void beneathItTheHeadersAskAndOneMoreCanOnlyRefuse() {
		String good = "Authorization: Bearer %s\r\n"
			.formatted(this.people.raw(this.people.user(), "user:read", "notes:read"));
		Map<String, Integer> asked = new LinkedHashMap<>();
		asked.put("Latchkey-Scope:", 204);
		asked.put("latchkey-scope:   ", 204);
		asked.put("Latchkey-Scope: user:read", 204);
		asked.put("Latchkey-Scope: user:read  notes:read", 204);
		asked.put("Latchkey-Scope: user:read, notes:read", 204);
		asked.put("Latchkey-Scope: user:read notes:write", 403);
		asked.put("Latchkey-Scope: user:read,notes:write", 403);
		asked.put("Latchkey-Scope:|Latchkey-Scope: notes:write", 403);
		asked.put("Latchkey-Scope: notes:write|Latchkey-Scope:", 403);
		asked.put("Latchkey-Any-Scope: notes:write user:read", 204);
		asked.put("Latchkey-Any-Scope: notes:write, user:read", 403);
		asked.put("Latchkey-Any-Scope: notes:write|Latchkey-Any-Scope: user:read", 403);
		asked.put("Latchkey-Any-Scope:", 403);
		asked.put("Latchkey-Any-Scope:|Latchkey-Scope: user:read", 403);
		asked.put("Latchkey-Scope: user:read|Latchkey-Any-Scope: notes:read", 204);
		asked.put("Latchkey-Resource:", 403);
		asked.put("Latchkey-Resource: latchkey", 204);
		asked.put("Latchkey-Resource: latchkey, none", 403);
		asked.put("Latchkey-Resource: latchkey|Latchkey-Scope: notes:write", 403);
		asked.put("Latchkey-Scope: user:read|Latchkey-Resource: none", 403);
		asked.put("Latchkey-Scope: *", 403);
		asked.put("Latchkey-Scope: no:such", 403);
		asked.put("Latchkey-Scope: \u00e9", 403);
		asked.put("Latchkey-Scope: user:read\u0085", 403);
		asked.put("Latchkey-Resource: latchkey\u0085", 403);
		asked.put("Latchkey-Scope: \"user:read\"", 403);
		asked.put("Latchkey_Scope: user:read", 403);
		asked.forEach((headers, status) -> {
			assertThat(beneath("/forward-auth/x?scope=no:such", headers.replace("|", "\r\n") + "\r\n" + good))
				.as(headers)
				.startsWith("HTTP/1.1 " + status);
			if (!headers.startsWith("Latchkey_")) {
				assertThat(beneath("/forward-auth/x", headers.replace("|", "\r\n") + "\r\n")).as(headers)
					.startsWith("HTTP/1.1 401");
			}
		});
	}

	/** To the container some of these are another route, and some are none at all. */
	@ParameterizedTest
	@ValueSource(strings = { "/", "//", "//a", "/a//b", "/a/./b", "/../api/tokens", "/../api/user", "/a/../../api/user",
			"/..;/api/user", "/.;x/../api/user", "/%2e%2e/api/user", "/%2E%2E%2fapi%2fuser", "/..%2fapi/user",
			"/..%5capi", "/..\\api\\user", "/%252e%252e/api", "/../../../../etc/passwd", "/a;jsessionid=1/b", "/;",
			"/%", "/%zz", "/%00", "/a%00b", "/%c0%ae%c0%ae/api", "/%ff%fe", "/%C3%A4", "/a%0d%0aX-Auth-User-Id:%20evil",
			"/[x]{y}|<z>^`\"", "/a:b@c", "/*", "/api/tokens?x=%zz&[a]={b}", "/?", "/a??b", "/../forward-auth?scope=x",
			"/forward-auth", "/livez", "/../error", "/../livez" })
	void thePathBeneathItIsTheClientsAndLeadsToTheCheckAlone(String path) {
		User user = this.people.user();
		String token = "Authorization: Bearer " + this.people.raw(user, "user:read") + "\r\n";
		for (String method : List.of("GET", "POST", "DELETE")) {
			String request = method + " /forward-auth" + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
			assertThat(this.http.raw(request + "Latchkey-Scope: user:read\r\n" + token + "\r\n"))
				.startsWith("HTTP/1.1 204")
				.contains("X-Auth-User-Id: " + user.id());
			assertThat(this.http.raw(request + "Latchkey-Scope: notes:write\r\n" + token + "\r\n"))
				.startsWith("HTTP/1.1 403")
				.contains("scope=\"notes:write\"")
				.doesNotContain(user.email(), "evil", "passwd");
			assertThat(this.http.raw(request + "Latchkey-Scope: user:read\r\n\r\n")).startsWith("HTTP/1.1 401")
				.contains("WWW-Authenticate: Bearer realm=\"latchkey\"");
			assertThat(this.http.raw(request + token + "\r\n")).startsWith("HTTP/1.1 403");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "//forward-auth/a", "/forward-auth;x/a", "/%66orward-auth/a", "/./forward-auth/a",
			"/x/../forward-auth/a", "/forward-auth%2fa", "/FORWARD-AUTH/a", "/forward-authx/a", "/forward-auth;/a" })
	void whatOnlyLooksLikeItIsNotIt(String path) {
		String token = this.people.raw(this.people.user(), "user:read");
		assertThat(beneath(path, "Latchkey-Scope:\r\nAuthorization: Bearer " + token + "\r\n"))
			.doesNotContain("X-Auth-User-Id")
			.doesNotStartWith("HTTP/1.1 2");
	}

	/** Before there is a path: a refusal to every proxy, and leave to pass to none. */
	@ParameterizedTest
	@ValueSource(strings = { "/\u00e4", "/a\u0001b", "/a#b", "?\u00e4", "/a HTTP/1.1 x" })
	void whatTheContainerCannotReadIsRefused(String path) {
		String token = this.people.raw(this.people.user(), "user:read");
		assertThat(beneath("/forward-auth" + path, "Latchkey-Scope:\r\nAuthorization: Bearer " + token + "\r\n"))
			.containsPattern("^HTTP/1\\.1 (400|401) ")
			.doesNotContain("X-Auth-User-Id", token);
	}

	/** Of HTTP/1.1 a proxy may send the whole address. */
	@Test
	void theAddressMayBeWrittenWhole() {
		String token = this.people.raw(this.people.user(), "user:read");
		String headers = "Latchkey-Scope:\r\nAuthorization: Bearer " + token + "\r\n";
		assertThat(beneath("http://a/forward-auth/../api/user", headers)).startsWith("HTTP/1.1 204");
		assertThat(beneath("http://a/forward-auth?scope=notes:write", headers)).startsWith("HTTP/1.1 403");
	}

	/** A connection goes on after what a client has written where a path should be. */
	@Test
	void theNextRequestOfAConnectionIsItself() {
		String token = "Authorization: Bearer " + this.people.raw(this.people.user(), "user:read") + "\r\n";
		String answers = this.http.raw("GET /forward-auth/../a%zz?scope=x HTTP/1.1\r\nHost: a\r\nLatchkey-Scope:\r\n"
				+ token
				+ "\r\nGET /api/scopes?none=1 HTTP/1.1\r\nHost: a\r\n\r\nGET /forward-auth/b HTTP/1.1\r\nHost: a\r\n"
				+ token + "\r\nGET /api/user HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + token + "\r\n");
		assertThat(answers)
			.containsPattern("(?s)^HTTP/1.1 204 .*HTTP/1.1 422 .*\"none\".*HTTP/1.1 403 .*HTTP/1.1 200 .*\"email\"");
	}

	private String beneath(String path, String headers) {
		return this.http.raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n");
	}

	@Test
	void aPreflightIsAskedForATokenLikeEveryRequest() {
		Map<String, List<String>> preflight = Map.of("Origin", List.of("https://app.example"),
				"Access-Control-Request-Method", List.of("POST"), "Latchkey-Scope", List.of(""));
		assertThat(this.http.send("OPTIONS", "/forward-auth", null, preflight).status()).isEqualTo(401);
		assertThat(this.http.send("OPTIONS", "/forward-auth/a", null, preflight).status()).isEqualTo(401);
	}

	/** What a browser says of the page it is on is for the service behind to judge. */
	@Test
	void theOriginOfAProxiedRequestIsNoMatterHere() {
		String token = this.people.raw(this.people.user(), "user:read");
		Answer answer = this.http.send("GET", "/forward-auth", null,
				Map.of("Authorization", List.of("Bearer " + token), "Origin", List.of("https://app.example")));
		assertThat(answer.status()).isEqualTo(204);
		assertThat(answer.header("X-Auth-User-Id")).isNotNull();
		assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
	}

	@Test
	void aTokenInTheQueryIsNotLookedAt() {
		String token = this.people.raw(this.people.user(), "user:read");
		assertThat(this.http.get("/forward-auth?access_token=" + token).status()).isEqualTo(401);
	}

	@Test
	void nothingInAnAddressCanEndItsHeader() {
		assertThat(IdentityHeaders.safe("a@example.com")).isEqualTo("a@example.com");
		assertThat(IdentityHeaders.safe("ä%\r\nX: y@b")).isEqualTo("%C3%A4%25%0D%0AX:%20y@b");
	}

}
