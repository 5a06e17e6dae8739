package dev.latchkey.verification;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.token.DigestsAtRest;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenLives;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the one statement of the hot path costs the database.
 */
@LatchkeyTest
class TokenStatementTests {

	/** The driver prepares at the fifth time, and PostgreSQL decides at the sixth. */
	private static final int TIMES = 20;

	@Autowired
	private DataSource database;

	@Autowired
	private ScopeCatalogue catalogue;

	@Autowired
	private TokenLives lives;

	@Autowired
	private DigestsAtRest digests;

	/** To plan it takes five times as long as to run it. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 40 })
	void itIsPlannedOnceHoweverManyTokensAreAskedFor(int tokens) throws SQLException {
		List<TokenDigest> wanted = IntStream.range(0, tokens).mapToObj((i) -> TokenDigest.of("unknown " + i)).toList();
		try (Connection connection = this.database.getConnection()) {
			JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
			TokenStatement statement = new TokenStatement(jdbc, this.digests, new RightsPool(this.catalogue),
					this.lives);
			for (int i = 0; i < TIMES; i++) {
				assertThat(statement.run(wanted)).isEmpty();
			}
			List<Long> plans = jdbc.query("""
					select generic_plans, custom_plans from pg_prepared_statements
					where statement like '%as limits_above%' and generic_plans + custom_plans >= 10
					""", (row, number) -> row.getLong("custom_plans"));
			assertThat(plans).as("times that it was planned anew").isNotEmpty().allMatch((times) -> times <= 5);
		}
	}

}
