package dev.latchkey.token;

import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new prefix ends every token that there is, and the start says so.
 */
@LatchkeyTest
class OtherPrefixesTests {

	@Autowired
	private People people;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TokenProperties properties;

	@Test
	void tokensOfAnotherPrefixAreFoundAndThoseOfThisOneAreNot() {
		this.people.raw(this.people.user(), "user:read");
		assertThat(new OtherPrefixes(this.jdbc, this.properties).find()).isEmpty();
		TokenProperties renamed = new TokenProperties("acme", null, this.properties.maxLifetime(), "new",
				this.properties.idleLifetime(), this.properties.maxGracePeriod(), false, 1000, this.properties.prune());
		assertThat(new OtherPrefixes(this.jdbc, renamed).find()).containsExactly("lk");
	}

}
