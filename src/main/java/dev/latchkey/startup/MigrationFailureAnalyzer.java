package dev.latchkey.startup;

import java.sql.SQLException;

import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says of the schema what could not be done to it and who may mend it, in one line: what
 * operators meet is a role that may not sign in, or that owns no table.
 */
class MigrationFailureAnalyzer extends AbstractFailureAnalyzer<FlywayException> {

	// SQLSTATEs, see appendix A of PostgreSQL's manual.
	private static final String INVALID_AUTHORIZATION = "28";

	private static final String CONNECTION_FAILED = "08";

	/** Of the driver too, where a password is asked for and there is none. */
	private static final String CONNECTION_REJECTED = "08004";

	private static final String INSUFFICIENT_PRIVILEGE = "42501";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, FlywayException cause) {
		return new FailureAnalysis(explain(cause), null, cause);
	}

	private static String explain(FlywayException failure) {
		SQLException refused = refusal(failure);
		if (refused != null) {
			String state = String.valueOf(refused.getSQLState());
			String why = firstLine(refused);
			if (state.startsWith(INVALID_AUTHORIZATION) || state.equals(CONNECTION_REJECTED)) {
				return "PostgreSQL does not let the role that migrates sign in (%s). Correct SPRING_FLYWAY_USER and SPRING_FLYWAY_PASSWORD."
					.formatted(why);
			}
			if (state.startsWith(CONNECTION_FAILED)) {
				return "PostgreSQL did not answer the role that migrates (%s). Try again if it is busy; else correct SPRING_FLYWAY_URL, or SPRING_DATASOURCE_URL where that is not set."
					.formatted(why);
			}
			if (state.equals(INSUFFICIENT_PRIVILEGE)) {
				return "The role that migrates may not do that (%s). Have SPRING_FLYWAY_USER name the role that owns the tables; deploy/postgres/roles.sql makes it, and gives it what is there."
					.formatted(why);
			}
		}
		return "The database's schema cannot be brought up to date: %s".formatted(failure.getMessage());
	}

	private static @Nullable SQLException refusal(Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof SQLException)) {
			cause = cause.getCause();
		}
		return (SQLException) cause;
	}

	private static String firstLine(SQLException refused) {
		return String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
	}

}
