package dev.latchkey.scope;

import java.util.List;
import java.util.Map;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.Http.Answer;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a feature protects itself: on its routes and in its services.
 */
@OtherSettingsTest
class SampleFeatureTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	private User user;

	@BeforeEach
	void makeUser() {
		this.user = this.people.user();
	}

	@Test
	void oneOfSeveralScopesOpensTheRoute() {
		assertThat(get("/api/reports/daily", "notes:write").body()).isEqualTo("true false test " + this.user.email());
		assertThat(get("/api/reports/daily", "notes:read").body()).isEqualTo("false true test " + this.user.email());
	}

	@Test
	void withNoneOfThemAllAreNamed() {
		Answer answer = get("/api/reports/daily", "user:read");
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.header("WWW-Authenticate"))
			.isEqualTo("Bearer realm=\"latchkey\", error=\"insufficient_scope\", scope=\"notes:read notes:write\"");
	}

	@Test
	void aServiceIsProtectedToo() {
		assertThat(get("/api/reports/yearly", "notes:*").body()).isEqualTo("the year");
		Answer answer = get("/api/reports/yearly", "notes:read");
		assertThat(answer.code()).isEqualTo("insufficient_scope");
		assertThat(answer.header("WWW-Authenticate")).contains("scope=\"notes:read notes:write\"");
		assertThat(this.http.get("/api/reports/yearly").code()).isEqualTo("authentication_required");
	}

	private Answer get(String path, String scope) {
		return this.http.send("GET", path, null,
				Map.of("X-Api-Token", List.of("Bearer " + this.people.raw(this.user, scope))));
	}

}
