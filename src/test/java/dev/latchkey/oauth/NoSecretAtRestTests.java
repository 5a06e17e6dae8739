package dev.latchkey.oauth;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.DatabaseDump;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Pkce;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@LatchkeyTest
class NoSecretAtRestTests {

	private static final String REDIRECT = "https://app.example/callback";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private Apps apps;

	@Test
	void afterEveryFlowTheDatabaseHoldsNoTokenNoCodeAndNoSecret() throws Exception {
		List<String> secrets = new ArrayList<>(List.of(Pkce.VERIFIER));
		User user = this.people.user();
		String personal = this.people.raw(user, "notes:read");
		secrets.add(personal);
		App agreed = this.apps.own(user);
		secrets.add(agreed.secret());
		Answer pair = agreed.signIn(user);
		Answer next = agreed.refresh(pair);
		for (Answer answer : List.of(pair, next)) {
			secrets.add(answer.json("access_token"));
			secrets.add(answer.json("refresh_token"));
		}
		RegisteredSecret client = this.apps.register(ClientRequest.named("Dumped")
			.redirectingTo(REDIRECT)
			.allowed("notes:read")
			.by("authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:token-exchange"));
		secrets.add(client.secret().value());
		Visitor browser = new Visitor(this.http.base()).signIn(user);
		String location = Forms.location(browser.get(authorize(client)));
		String state = Forms.query(location).get("state");
		secrets.add(state);
		assertNothingOf(secrets);
		browser.get(location);
		HttpResponse<String> consented = browser.postForm("/oauth2/authorize", Forms.form("_csrf", browser.csrf(),
				"client_id", client.client().clientId(), "state", state, "scope", "notes:read"));
		String code = Forms.query(Forms.leadsTo(consented)).get("code");
		secrets.add(code);
		String unused = Forms.query(Forms.location(browser.get(authorize(client)))).get("code");
		secrets.add(unused);
		assertNothingOf(secrets);
		Answer tokens = token(client, "grant_type", "authorization_code", "code", code, "code_verifier", Pkce.VERIFIER,
				"redirect_uri", REDIRECT);
		secrets.add(tokens.json("access_token"));
		secrets.add(tokens.json("refresh_token"));
		Answer jwt = token(client, "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token",
				personal, "subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
		secrets.add(jwt.json("access_token"));
		assertNothingOf(secrets);
	}

	private void assertNothingOf(List<String> secrets) {
		List<String> dump = DatabaseDump.read(this.jdbc);
		assertThat(dump).isNotEmpty();
		for (String secret : secrets) {
			assertThat(secret).isNotBlank();
			assertThat(dump).noneMatch((entry) -> entry.contains(secret));
		}
		assertThat(dump).noneMatch((entry) -> entry.matches("(?s).*lk[por]_[0-9A-Za-z]{49}.*"))
			.noneMatch((entry) -> entry.contains("\"d\":\""));
	}

	private String authorize(RegisteredSecret client) {
		return "/oauth2/authorize?" + Forms.form("response_type", "code", "client_id", client.client().clientId(),
				"redirect_uri", REDIRECT, "scope", "notes:read", "state", "app", "code_challenge", Pkce.CHALLENGE,
				"code_challenge_method", "S256");
	}

	private Answer token(RegisteredSecret client, String... form) {
		return this.apps.of(client).token(form);
	}

}
