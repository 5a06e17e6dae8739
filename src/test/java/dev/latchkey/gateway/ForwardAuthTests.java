package dev.latchkey.gateway;

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
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "OPTIONS" })
	void otherMethodsAreNotAllowed(String method) {
		String token = this.people.raw(this.people.user(), "user:read");
		Answer answer = this.http.send(method, "/forward-auth", null, Http.bearer(token));
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
		assertThat(answer.code()).isEqualTo("method_not_allowed");
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
	void fromAnotherOriginASessionDoesNotPass() {
		User user = this.people.user();
		Visitor visitor = new Visitor(this.http.base());
		visitor.signIn(user.email(), People.PASSWORD);
		List<String> cookie = List.of("latchkey_session=" + visitor.session());
		assertThat(this.http.send("GET", "/forward-auth", null, Map.of("Cookie", cookie)).status()).isEqualTo(204);
		assertThat(this.http
			.send("GET", "/forward-auth", null, Map.of("Cookie", cookie, "Origin", List.of("https://evil.example")))
			.status()).isEqualTo(401);
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
