package dev.latchkey.persistence;

import java.sql.SQLException;

import org.hibernate.exception.GenericJDBCException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the database says when it cannot do what is asked is told from what it says of a
 * statement that is wrong.
 */
class DatabaseOutageTests {

	/**
	 * No connection, a server that crashed, one that starts, no disk left, no memory, no
	 * place for a connection, a disk that fails, and a standby.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "08006", "57P02", "57P03", "53100", "53200", "53300", "58030", "25006" })
	void isAServerThatCannot(String state) {
		assertThat(DatabaseOutage.isCauseOf(failure(state))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "23505", "42601", "22001", "57014", "XX000" })
	void isNoMistakeOfOurs(String state) {
		assertThat(DatabaseOutage.isCauseOf(failure(state))).isFalse();
	}

	/** As Hibernate hands on what it has no name for. */
	private static RuntimeException failure(String state) {
		return new IllegalStateException(
				new GenericJDBCException("could not execute statement", new SQLException("ERROR", state)));
	}

}
