package dev.latchkey.token;

import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The days on which a token was used.
 */
@LatchkeyTest
class TokenUsageTests {

	@Autowired
	private TokenUsage usage;

	@Autowired
	private People people;

	@Autowired
	private DataSource database;

	@Test
	void askingAgainAndAgainKeepsNoConnection() throws SQLException {
		TokenDetails token = this.people.token(this.people.user(), "user:read").details();
		for (int i = this.database.unwrap(HikariDataSource.class).getMaximumPoolSize(); i >= 0; i--) {
			assertThat(this.usage.lastThirtyDays(token.id())).hasSize(30);
		}
	}

}
