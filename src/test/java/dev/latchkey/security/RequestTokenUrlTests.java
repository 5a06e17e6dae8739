package dev.latchkey.security;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.latchkey.caller.User;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TokenRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A refusal for want of a scope says where its owner gets a token that has it.
 */
@LatchkeyTest
class RequestTokenUrlTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	@Autowired
	private TestClock clock;

	private User user;

	@BeforeEach
	void comeAlong() {
		this.user = this.people.user();
	}

	@Test
	void itNamesWhatIsMissingAndNothingOfTheToken() {
		String token = this.people.raw(this.user, TokenRequest.of("user:read").named("Payroll"));
		Answer refused = this.http.get("/api/notes", token);
		assertThat(refused.<String>json("request_token_url"))
			.isEqualTo("/tokens/new?name=For%20notes:read&scopes=notes:read&expires_in_days=90");
		assertThat(refused.body()).doesNotContain("Payroll", "lkp_", token);
		assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
	}

	@Test
	void ofSeveralScopesThoseThatTheTokenHasAreLeftOut() {
		String token = this.people.raw(this.user, "user:read");
		assertThat(link("/forward-auth?scope=user:read&scope=notes:write%20notes:read", token))
			.isEqualTo("/tokens/new?name=For%20notes:write%20and%201%20more&scopes=notes:write,notes:read"
					+ "&expires_in_days=90");
	}

	/** What a proxy asks for may have become another scope, and it names both. */
	@Test
	void ofSeveralThatWouldDoTheFirstThatTheAccountMayHave() {
		String token = this.people.raw(this.user, "user:read");
		assertThat(link("/forward-auth?any_scope=nobodys:thing%20users:read&any_scope=notes:write%20notes:read", token))
			.isEqualTo("/tokens/new?name=For%20notes:write&scopes=notes:write&expires_in_days=90");
		assertThat(link("/forward-auth?scope=notes:read&any_scope=nobodys:thing%20user:read", token))
			.isEqualTo("/tokens/new?name=For%20notes:read&scopes=notes:read&expires_in_days=90");
	}

	@Test
	void theNewOneLivesAsLongAsTheRefusedOneWasMadeFor() {
		String token = this.people.raw(this.user,
				TokenRequest.of("user:read").endingAt(this.clock.instant().plus(Duration.ofHours(30))));
		assertThat(link("/api/notes", token)).endsWith("&expires_in_days=2");
	}

	@Test
	void administratorsGetOneForWhatOnlyTheyMay() {
		String token = this.people.raw(this.people.admin(), "user:read");
		assertThat(link("/api/users", token)).contains("scopes=users:read");
	}

	@Test
	void theNameOfARequestDoesNotDecideWhereItLeads() {
		String token = this.people.raw(this.user, "user:read");
		assertThat(this.http.raw("GET /api/notes HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n"
				+ "Authorization: Bearer %s\r\n\r\n".formatted(token)))
			.contains("\"request_token_url\":\"/tokens/new?")
			.doesNotContain("evil.example");
	}

	@Test
	void anApplicationAsksItsUserOnceMoreInstead() {
		RegisteredSecret client = this.apps
			.register(ClientRequest.named("Kiosk").allowed("notes:read", "user:read").by("password").serving("USER"));
		Answer answer = this.http.post("/security/generate-token", """
				{"grant_type":"password","client_id":"%s","client_secret":"%s","scope":"notes:read",\
				"username":"%s","password":"%s"}""".formatted(client.client().clientId(), client.secret().value(),
				this.user.email(), People.PASSWORD));
		Answer refused = this.http.get("/api/user", answer.json("access_token"));
		assertThat(refused.code()).isEqualTo("insufficient_scope");
		assertThat(refused.header("WWW-Authenticate")).contains("scope=\"user:read\"");
		assertThat(refused.body()).doesNotContain("request_token_url");
	}

	@Test
	void whoseRoleIsLackingIsLedNowhere() {
		Answer refused = this.http.get("/api/users", this.people.raw(this.user, "*"));
		assertThat(refused.code()).isEqualTo("forbidden");
		assertThat(refused.<String>json("detail")).contains("it takes the role ADMIN");
		assertThat(refused.body()).doesNotContain("request_token_url");
	}

	@Test
	void introspectionSaysItToo() {
		String token = this.people.raw(this.user, "user:read");
		Answer refused = this.http.postForm("/oauth2/introspect", "Bearer " + token, "token", token);
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.<String>json("request_token_url")).contains("scopes=tokens:introspect");
	}

	@Test
	void whatIsNoScopeOrTooLongLeadsNowhere() {
		String token = this.people.raw(this.user, "user:read");
		assertThat(this.http.get("/forward-auth?scope=notes:*", token).body()).doesNotContain("request_token_url");
		String many = IntStream.range(0, 200).mapToObj("parcels:read%d"::formatted).collect(Collectors.joining("%20"));
		assertThat(this.http.get("/forward-auth?scope=" + many, token).body()).doesNotContain("request_token_url");
	}

	@Test
	void whatNobodyCouldGiveLeadsNowhere() {
		String token = this.people.raw(this.user, "user:read");
		for (String asked : List.of("scope=nobodys:thing", "scope=tokens:read&scope=nobodys:thing",
				"scope=tokens:read&any_scope=nobodys:thing%20users:read")) {
			Answer refused = this.http.get("/forward-auth?" + asked, token);
			assertThat(refused.status()).isEqualTo(403);
			assertThat(refused.body()).doesNotContain("request_token_url");
		}
	}

	private String link(String path, String token) {
		return this.http.get(path, token).json("request_token_url");
	}

}
