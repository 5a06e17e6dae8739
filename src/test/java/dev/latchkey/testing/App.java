package dev.latchkey.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http.Answer;

/**
 * An OAuth client that proves itself by a secret, as it speaks to the server.
 *
 * @param http what it speaks by
 * @param id its client id
 * @param secret its secret
 */
public record App(Http http, String id, String secret) {

	/**
	 * Signs one of the {@link People} in with the scope {@code api} (contract 5.4).
	 */
	public Answer signIn(User user) {
		return this.http.post("/security/generate-token", """
				{"grant_type":"password","client_id":"%s","client_secret":"%s","scope":"api","username":"%s",\
				"password":"%s"}""".formatted(this.id, this.secret, user.email(), People.PASSWORD));
	}

	/**
	 * Redeems the refresh token of a pair (contract 5.4).
	 */
	public Answer refresh(Answer pair) {
		return refresh(pair.<String>json("refresh_token"));
	}

	/**
	 * Redeems a refresh token (contract 5.4).
	 */
	public Answer refresh(String token) {
		return this.http.post("/security/refresh-token", refreshBody(token));
	}

	/**
	 * Returns the body that redeems a refresh token (contract 5.4).
	 */
	public String refreshBody(String token) {
		return """
				{"grant_type":"refresh_token","client_id":"%s","client_secret":"%s","refresh_token":"%s"}"""
			.formatted(this.id, this.secret, token);
	}

	/**
	 * Posts a form to the token endpoint (contract 5.5): names and values in turn.
	 */
	public Answer token(String... form) {
		return post("/oauth2/token", form);
	}

	/**
	 * Posts a form: names and values in turn.
	 */
	public Answer post(String path, String... form) {
		return this.http.postForm(path, basic(), form);
	}

	/**
	 * Returns the header by which it proves itself (RFC 6749 section 2.3.1).
	 */
	public String basic() {
		return Forms.basic(encoded(this.id), encoded(this.secret));
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
