package dev.latchkey.jwt;

import java.text.ParseException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.caller.User;
import dev.latchkey.client.RegisteredSecret;
import dev.latchkey.testing.Apps;
import dev.latchkey.testing.ClientRequest;
import dev.latchkey.testing.Forms;
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

@LatchkeyTest
class KeyRolloverTests {

	private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

	private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private Apps apps;

	@Autowired
	private SigningKeys keys;

	private User user;

	private RegisteredSecret service;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.service = this.apps.register(ClientRequest.named("Exchanging").allowed("notes:read").by(EXCHANGE));
	}

	@Test
	void keysAreReplacedWithoutAGap() throws Exception {
		this.clock.stop();
		// Others of these tests leave keys behind of which this node has not heard.
		this.keys.maintain();
		String token = this.people.raw(this.user,
				TokenRequest.of("notes:read").endingAt(this.clock.instant().plus(Duration.ofDays(60))));
		String before = kid(exchange(token));
		String seen = before;
		for (int hours = 0; hours < 30; hours++) {
			Set<String> published = JWKSet.parse(this.http.get("/oauth2/jwks").body())
				.getKeys()
				.stream()
				.map((key) -> key.getKeyID())
				.collect(Collectors.toSet());
			this.clock.advance(Duration.ofMinutes(59));
			this.keys.maintain();
			Answer exchanged = exchange(token);
			seen = kid(exchanged);
			// A verifier that asked an hour ago knows the key that signs now.
			assertThat(published).contains(seen);
			SignedJWT jwt = SignedJWT.parse(exchanged.json("access_token"));
			JWKSet now = JWKSet.parse(this.http.get("/oauth2/jwks").body());
			assertThat(jwt.verify(new RSASSAVerifier(now.getKeyByKeyId(seen).toRSAKey()))).isTrue();
		}
		assertThat(seen).isNotEqualTo(before);
	}

	private Answer exchange(String token) {
		return this.http.postForm("/oauth2/token",
				Forms.basic(this.service.client().clientId(), this.service.secret().value()), "grant_type", EXCHANGE,
				"subject_token", token, "subject_token_type", ACCESS_TOKEN);
	}

	private static String kid(Answer exchanged) throws ParseException {
		return SignedJWT.parse(exchanged.json("access_token")).getHeader().getKeyID();
	}

}
