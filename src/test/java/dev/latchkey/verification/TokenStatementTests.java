package dev.latchkey.verification;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.DigestsAtRest;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenLives;
import org.junit.jupiter.api.Test;
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

	@Autowired
	private People people;

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

	/** One for a small table reads all of it. */
	@Test
	void aPlanIsForTheSizeThatTheTableHas() throws SQLException {
		this.people.raw(this.people.user(), "user:read");
		try (Connection connection = this.database.getConnection()) {
			JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
			TokenStatement statement = new TokenStatement(jdbc, this.digests, new RightsPool(this.catalogue),
					this.lives);
			connection.setAutoCommit(false);
			try {
				for (int i = 0; i < TIMES; i++) {
					statement.run(List.of(TokenDigest.of("unknown")));
				}
				// What is loaded has to be loaded soon; this takes its time.
				connection.setNetworkTimeout(Runnable::run, 0);
				jdbc.update("""
						insert into api_token
						select (jsonb_populate_record(null::api_token, to_jsonb(one) || jsonb_build_object(
						    'id', gen_random_uuid(), 'digest', '\\x' || encode(sha256(i::text::bytea), 'hex')))).*
						from (select * from api_token limit 1) one, generate_series(1, 5000) i
						""");
				for (int i = 0; i < TIMES; i++) {
					statement.run(List.of(TokenDigest.of("unknown")));
				}
				String name = jdbc.queryForObject("""
						select name from pg_prepared_statements where statement like '%as limits_above%'
						order by prepare_time desc limit 1
						""", String.class);
				assertThat(jdbc.queryForList("explain execute \"" + name + "\"('{}')", String.class))
					.noneMatch((line) -> line.contains("Seq Scan on api_token"))
					.anyMatch((line) -> line.contains("api_token_digest"));
			}
			finally {
				connection.rollback();
				connection.setAutoCommit(true);
			}
		}
	}

}
