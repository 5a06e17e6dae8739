package dev.latchkey.grant;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.AtOnce;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that lets clients ask again for ten seconds when the answer to a refresh was
 * lost.
 */
@OtherSettingsTest
class RefreshRetryTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private TestClock clock;

	@Autowired
	private ClientRegistrations registrations;

	private final String client = "c-" + UUID.randomUUID();

	private User user;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.registrations.registerOwn(this.client, new ClientSecret(this.client), Role.USER, this.user.id());
	}

	@Test
	void aClientThatLostTheAnswerMayAskAgain() {
		Answer first = signIn();
		Answer lost = refresh(first);
		Answer again = refresh(first);
		assertThat(again.status()).isEqualTo(200);
		assertThat(use(lost)).isEqualTo(401);
		assertThat(use(again)).isEqualTo(200);
		assertThat(refresh(again).status()).isEqualTo(200);
	}

	@Test
	void notForLongerThanTenSeconds() {
		this.clock.stop();
		Answer first = signIn();
		Answer second = refresh(first);
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(refresh(first).status()).isEqualTo(401);
		assertThat(use(second)).isEqualTo(401);
	}

	@Test
	void notIfTheAccessTokenOfTheAnswerWasUsed() {
		Answer first = signIn();
		Answer second = refresh(first);
		assertThat(use(second)).isEqualTo(200);
		assertThat(refresh(first).status()).isEqualTo(401);
		assertThat(use(second)).isEqualTo(401);
	}

	@Test
	void notIfTheRefreshTokenOfTheAnswerWasUsed() {
		Answer first = signIn();
		Answer third = refresh(refresh(first));
		assertThat(third.status()).isEqualTo(200);
		assertThat(refresh(first).status()).isEqualTo(401);
		assertThat(refresh(third).status()).isEqualTo(401);
	}

	@Test
	void ofRefreshesAtTheSameTimeOneAnswerLives() throws Exception {
		for (int round = 0; round < 5; round++) {
			Answer first = signIn();
			List<Answer> alive = AtOnce.call(8, () -> refresh(first))
				.stream()
				.filter((answer) -> answer.status() == 200)
				.filter((answer) -> use(answer) == 200)
				.toList();
			assertThat(alive).hasSize(1);
			assertThat(refresh(alive.get(0)).status()).isEqualTo(200);
		}
	}

	private Answer signIn() {
		return this.http.post("/security/generate-token", """
				{"grant_type":"password","client_id":"%1$s","client_secret":"%1$s","scope":"api","username":"%2$s",\
				"password":"%3$s"}""".formatted(this.client, this.user.email(), People.PASSWORD));
	}

	private Answer refresh(Answer pair) {
		return this.http.post("/security/refresh-token", """
				{"grant_type":"refresh_token","client_id":"%1$s","client_secret":"%1$s","refresh_token":"%2$s"}"""
			.formatted(this.client, pair.<String>json("refresh_token")));
	}

	private int use(Answer pair) {
		return this.http
			.send("GET", "/api/user", null,
					Map.of("X-Api-Token", List.of("Bearer " + pair.<String>json("access_token"))))
			.status();
	}

}
