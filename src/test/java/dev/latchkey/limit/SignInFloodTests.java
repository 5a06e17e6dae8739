package dev.latchkey.limit;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.latchkey.caller.User;
import dev.latchkey.testing.AtOnce;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.Inputs;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 4, Limits: whoever tries the passwords of an account without end, from one
 * network or from a thousand, gets few tries, and keeps out neither its owner nor a
 * token. Ten thousand are tried where {@code fuzz.times} is 20.
 */
@OtherSettingsTest
class SignInFloodTests {

	private static final String SIGN_IN = "{\"email\":\"%s\",\"password\":\"%s\",\"token_name\":\"x\",\"scopes\":[\"user:read\"]}";

	private static final String HOME = "198.51.100.7";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	/** After so many failures from elsewhere, since comparing a hundred takes long. */
	@ParameterizedTest
	@CsvSource({ "1,0,10", "1000,92,8" })
	void aFloodOfSignInsKeepsOutNobodyButItself(int networks, int before, int tries) throws Exception {
		User owner = this.people.user();
		String token = this.people.raw(owner, "user:read");
		assertThat(signIn(owner, People.PASSWORD, HOME).status()).isEqualTo(201);
		this.jdbc.update("""
				insert into sign_in_failure
				values (?, ?, 0, clock_timestamp(), clock_timestamp(), clock_timestamp())
				on conflict (key) do update set failures = excluded.failures""",
				SignInKeys.of(owner.email(), null).account(), before);
		int count = Inputs.longer(500);
		List<Integer> statuses = AtOnce.each(IntStream.range(0, count).boxed().toList(), (number) -> {
			if (number % 10 == 0) {
				assertThat(get(token).status()).isEqualTo(200);
			}
			if (number % (count / 4) == count / 8) {
				Answer answer = signIn(owner, People.PASSWORD, HOME);
				assertThat(answer.status()).as(answer.body()).isEqualTo(201);
			}
			int network = number % networks;
			return signIn(owner, "wrong " + number, "100.%d.%d.7".formatted(64 + network / 250, network % 250))
				.status();
		});
		assertThat(statuses).hasSize(count).isSubsetOf(422, 429, 503);
		// The pause doubles from a second on: one more try after each.
		assertThat(statuses.stream().filter((status) -> status == 422).count()).isBetween((long) tries, tries + 12L);
		assertThat(signIn(owner, People.PASSWORD, HOME).status()).isEqualTo(201);
		assertThat(get(token).status()).isEqualTo(200);
	}

	private Answer get(String token) {
		return this.http.send("GET", "/api/user", null, Map.of("X-Api-Token", List.of("Bearer " + token)));
	}

	private Answer signIn(User user, String password, String address) {
		return this.http.send("POST", "/api/login", SIGN_IN.formatted(user.email(), password),
				Map.of("X-Forwarded-For", List.of(address)));
	}

}
