package dev.latchkey.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * An answer that only the primary may give. Behind a pooler, an open connection may lead
 * to a server that has become a standby, which lacks rows that the primary has. So the
 * statement asks who answers, also where it finds nothing: {@code from
 * pg_is_in_recovery() as standby left join ...}
 */
public final class PrimaryAnswer {

	private PrimaryAnswer() {
	}

	/**
	 * Lets pass a row of such a statement if it is not a standby's.
	 * @throws DataAccessResourceFailureException if nothing can be decided by it
	 */
	public static void require(ResultSet row) throws SQLException {
		if (row.getBoolean("standby")) {
			throw new DataAccessResourceFailureException("The server that was asked is a standby");
		}
	}

}
