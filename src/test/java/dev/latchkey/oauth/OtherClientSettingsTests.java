package dev.latchkey.oauth;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.latchkey.client.Client;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients where the settings let in fewer of them, and on more ports.
 */
@OtherSettingsTest
class OtherClientSettingsTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Apps apps;

	@Test
	void thePortOfLocalhostMayDifferWhereTheSettingsSaySo() {
		Client client = this.apps
			.register(ClientRequest.named("Local App")
				.redirectingTo("http://localhost:4000/back")
				.allowed("notes:read")
				.by("authorization_code")
				.withoutSecret())
			.client();
		Visitor browser = new Visitor(this.http.base()).signIn(this.people.user());
		for (String address : List.of("http://localhost:4000/back", "http://localhost:59999/back",
				"http://localhost/back")) {
			assertThat(Forms.location(ask(browser, client.clientId(), address))).as(address)
				.contains("/oauth2/consent");
		}
		for (String address : List.of("http://localhost:4000/other", "https://localhost:4000/back",
				"http://localhost.evil.example:4000/back", "http://127.0.0.1:4000/back",
				"http://user@localhost:4000/back", "http://localhost:4000/back?x=1")) {
			assertThat(ask(browser, client.clientId(), address).statusCode()).as(address).isEqualTo(400);
		}
	}

	@Test
	void noClientDescribesItselfWhereTheSettingsSaySo() {
		assertThat(this.http.get("/.well-known/oauth-authorization-server")
			.<Boolean>json("client_id_metadata_document_supported")).isFalse();
		Visitor browser = new Visitor(this.http.base()).signIn(this.people.user());
		assertThat(ask(browser, "https://robot.example/client.json", "https://robot.example/back").statusCode())
			.isEqualTo(400);
	}

	private static HttpResponse<String> ask(Visitor browser, String client, String address) {
		return browser.get("/oauth2/authorize?response_type=code&client_id=%s&redirect_uri=%s&scope=notes:read"
			.formatted(encoded(client), encoded(address)) + "&code_challenge_method=S256&code_challenge="
				+ "x".repeat(43));
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
