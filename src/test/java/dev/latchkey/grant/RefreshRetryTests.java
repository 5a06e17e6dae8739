package dev.latchkey.grant;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.User;
import dev.latchkey.testing.App;
import dev.latchkey.testing.Apps;
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
	private Apps apps;

	private User user;

	private App app;

	@BeforeEach
	void registerClient() {
		this.user = this.people.user();
		this.app = this.apps.own(this.user);
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
		return this.app.signIn(this.user);
	}

	private Answer refresh(Answer pair) {
		return this.app.refresh(pair);
	}

	private int use(Answer pair) {
		return this.http
			.send("GET", "/api/user", null,
					Map.of("X-Api-Token", List.of("Bearer " + pair.<String>json("access_token"))))
			.status();
	}

}
