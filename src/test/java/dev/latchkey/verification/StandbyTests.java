package dev.latchkey.verification;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.token.DigestsAtRest;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.TokenDigest;
import dev.latchkey.token.TokenLives;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A server that has become a standby behind a connection that stands, as behind a pooler.
 * It says of itself what it is, by a function that is found before PostgreSQL's own.
 */
@LatchkeyTest
class StandbyTests {

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

	private Connection connection;

	private TokenStatement statement;

	@BeforeEach
	void holdAConnection() throws SQLException {
		this.connection = this.database.getConnection();
		this.connection.setAutoCommit(false);
		this.statement = new TokenStatement(new JdbcTemplate(new SingleConnectionDataSource(this.connection, true)),
				this.digests, new RightsPool(this.catalogue), this.lives);
	}

	@AfterEach
	void giveItBack() throws SQLException {
		this.connection.rollback();
		this.connection.close();
	}

	@Test
	void neitherATokenThatItKnowsNorOneThatItDoesNotIsDecidedByIt() throws SQLException {
		IssuedToken token = this.people.token(this.people.user(), "user:read");
		UUID id = token.details().id();
		List<TokenDigest> known = List.of(TokenDigest.of(token.raw().reveal()));
		List<TokenDigest> unknown = List.of(TokenDigest.of("unknown"));
		assertThat(this.statement.run(known)).hasSize(1);
		assertThat(this.statement.run(unknown)).isEmpty();
		assertThat(this.statement.digest(id)).isPresent();
		assertThat(this.statement.digest(UUID.randomUUID())).isEmpty();
		becomeAStandby();
		assertThatThrownBy(() -> this.statement.run(known)).matches(DatabaseOutage::isCauseOf);
		assertThatThrownBy(() -> this.statement.run(unknown)).matches(DatabaseOutage::isCauseOf);
		assertThatThrownBy(() -> this.statement.digest(id)).matches(DatabaseOutage::isCauseOf);
		assertThatThrownBy(() -> this.statement.digest(UUID.randomUUID())).matches(DatabaseOutage::isCauseOf);
	}

	private void becomeAStandby() throws SQLException {
		try (Statement sql = this.connection.createStatement()) {
			sql.execute("create schema standby");
			sql.execute("create function standby.pg_is_in_recovery() returns boolean language sql as 'select true'");
			sql.execute("set local search_path = standby, public, pg_catalog");
		}
	}

}
