package dev.latchkey.oauth;

import java.util.List;

import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.People;
import dev.latchkey.testing.ThirdSettingsTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An issuer with a path has its metadata behind the document's name (RFC 8414 section
 * 3.1).
 */
@ThirdSettingsTest
class IssuerPathTests {

	private static final String METADATA = "/.well-known/oauth-authorization-server";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Test
	void theMetadataStandsUnderThePathOfTheIssuer() {
		for (String path : List.of(METADATA + "/auth", METADATA)) {
			Answer metadata = this.http.get(path);
			assertThat(metadata.status()).as(path).isEqualTo(200);
			assertThat(metadata.<String>json("issuer")).isEqualTo("https://tok.example.com/auth");
			assertThat(metadata.<String>json("token_endpoint")).endsWith("/oauth2/token");
		}
		assertThat(this.http.get(METADATA + "/other").status()).isEqualTo(404);
	}

	@Test
	void theAddressThatTheResourceDocumentSaysIsThisServers() {
		String client = this.http
			.post("/api/clients", this.people.raw(this.people.superuser(), "*"),
					"""
							{"name":"Some Tool","grant_types":["urn:ietf:params:oauth:grant-type:device_code"],"confidential":false,\
							"scopes":["notes:read"]}""")
			.json("client_id");
		String resource = this.http.get("/.well-known/oauth-protected-resource").json("resource");
		assertThat(resource).isEqualTo("https://tok.example.com");
		for (String address : List.of(resource, "https://tok.example.com/auth")) {
			Answer codes = this.http.postForm("/oauth2/device_authorization", null, "client_id", client, "scope",
					"notes:read", "resource", address);
			assertThat(codes.status()).as(codes.body()).isEqualTo(200);
		}
	}

}
