package dev.latchkey.junit;

import dev.latchkey.resourceserver.TokenVerifier;
import dev.latchkey.resourceserver.Verdict;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The extension, as the tests of a service use it.
 */
@WithLatchkey(settings = { "latchkey.resources[0].name=parcels",
		"latchkey.resources[0].address=https://parcels.example", "latchkey.resources[0].scopes[0].name=parcels:read",
		"latchkey.resources[0].scopes[0].description=Read parcels", "latchkey.resources[0].scopes[0].role=USER" })
@SpringBootTest(classes = WithLatchkeyTests.Service.class)
class WithLatchkeyTests {

	@Autowired
	private TokenVerifier verifier;

	@Test
	void theServiceTakesItsTokens(LatchkeyServer latchkey) {
		String token = latchkey.token("parcels:read");
		assertThat(this.verifier.verify(token, "127.0.0.1")).isInstanceOfSatisfying(Verdict.Accepted.class,
				(accepted) -> {
					assertThat(accepted.token().can("parcels:read")).isTrue();
					assertThat(accepted.token().audience()).containsExactly("https://parcels.example");
				});
	}

	/** They are the tests of the same service. */
	@Nested
	class Inside {

		@Test
		void theServerIsThatOfTheClassAround(LatchkeyServer latchkey) {
			assertThat(latchkey).isSameAs(SharedServers.of(WithLatchkeyTests.class));
		}

	}

	/** The service. */
	@Configuration
	@EnableAutoConfiguration
	static class Service {

	}

}
