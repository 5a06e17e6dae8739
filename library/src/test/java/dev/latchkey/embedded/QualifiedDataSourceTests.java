package dev.latchkey.embedded;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A pool gets its connections back, whatever has become of them: each that it does not is
 * one less for the application.
 */
class QualifiedDataSourceTests {

	private final Pool pool = new Pool();

	private final QualifiedDataSource database = new QualifiedDataSource(this.pool);

	@Test
	void aConnectionThatBreaksIsGivenBack() throws SQLException {
		Connection connection = this.database.getConnection();
		this.pool.broken = true;
		assertThatExceptionOfType(SQLException.class).isThrownBy(connection::close);
		assertThat(this.pool.closed).isEqualTo(1);
	}

	@Test
	void aConnectionThatWasBrokenBeforeIsGivenBack() {
		this.pool.broken = true;
		assertThatExceptionOfType(SQLException.class).isThrownBy(this.database::getConnection);
		assertThat(this.pool.closed).isEqualTo(1);
	}

	/** Gives connections that commit nothing by themselves. */
	private static final class Pool extends AbstractDataSource {

		private boolean broken;

		private int closed;

		@Override
		public Connection getConnection() {
			return (Connection) Proxy.newProxyInstance(Pool.class.getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> answer(method.getName()));
		}

		@Override
		public Connection getConnection(String username, String password) {
			return getConnection();
		}

		private Object answer(String method) throws SQLException {
			if (this.broken && method.equals("setAutoCommit")) {
				throw new SQLException("The connection is gone");
			}
			if (method.equals("close")) {
				this.closed++;
			}
			return method.equals("getAutoCommit") ? false : null;
		}

	}

}
