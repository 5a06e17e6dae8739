package dev.latchkey.token;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Credential;
import dev.latchkey.caller.User;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.StatementCounter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What it costs that somebody sends a dead token again and again.
 */
@LatchkeyTest
class TokenReuseTests {

	@Autowired
	private TokenReuse reuse;

	@Autowired
	private TokenRotation rotation;

	@Autowired
	private TokenRevocation revocation;

	@Autowired
	private TokenIssuer issuer;

	@Autowired
	private People people;

	@Autowired
	private DataSource database;

	@Autowired
	private JdbcTemplate jdbc;

	private User owner;

	private TokenDetails first;

	private TokenDetails second;

	@BeforeEach
	void rotateOnce() {
		this.owner = this.people.user();
		this.first = this.people.token(this.owner, "user:read", "tokens:write").details();
		this.second = this.rotation.rotate(Actor.account(this.owner.id()), this.first.id(), Duration.ZERO, null)
			.orElseThrow()
			.details();
	}

	@Test
	void aUseTakesNoConnection() throws SQLException {
		List<Connection> all = new ArrayList<>();
		try {
			takeConnections(all);
			this.reuse.detected(Actor.GUEST, this.first.id(), this.owner.id(), false);
		}
		finally {
			for (Connection connection : all) {
				connection.close();
			}
		}
	}

	@Test
	void anAttemptToRotateIsOneQueryWhenNothingIsAlive() {
		this.reuse.detected(Actor.GUEST, this.first.id(), this.owner.id(), true);
		assertThat(isAlive(this.second)).isFalse();
		assertThat(
				StatementCounter.during(() -> this.reuse.detected(Actor.GUEST, this.first.id(), this.owner.id(), true)))
			.hasSize(1);
	}

	@Test
	void anAttemptToRotateEndsWhatOutlivesTheFamily() {
		TokenDetails child = this.issuer
			.issue(Actor.account(this.owner.id()).with(Credential.token(this.second.id())),
					NewToken.of("child", "user:read"))
			.details();
		this.revocation.revoke(Actor.account(this.owner.id()), this.owner.id(), this.second.id(), false,
				RevocationCause.REQUESTED);
		assertThat(isAlive(child)).isTrue();
		this.reuse.detected(Actor.GUEST, this.first.id(), this.owner.id(), true);
		assertThat(isAlive(child)).isFalse();
	}

	/** All that there are: work in the background may have one. */
	private void takeConnections(List<Connection> taken) throws SQLException {
		try {
			for (int i = this.database.unwrap(HikariDataSource.class).getMaximumPoolSize(); i > 0; i--) {
				taken.add(this.database.getConnection());
			}
		}
		catch (SQLTransientConnectionException ex) {
			assertThat(taken).isNotEmpty();
		}
	}

	private boolean isAlive(TokenDetails token) {
		return Boolean.TRUE.equals(this.jdbc.queryForObject("select revoked_at is null from api_token where id = ?",
				Boolean.class, token.id()));
	}

}
