package dev.latchkey.cli;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.latchkey.account.LastAdminException;
import dev.latchkey.account.PasswordUncheckedException;
import dev.latchkey.persistence.DatabaseOutage;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.startup.FailureLines;
import dev.latchkey.token.QuotaExceededException;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.InvalidFieldsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.TransactionException;

/**
 * Says in lines for people why a command has failed, without a stack trace and without
 * what was typed.
 */
final class Failures {

	private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

	/** Fields that an option has another name for. */
	private static final Map<String, String> OPTIONS = Map.of("roles", "--role", "scopes", "--scope", "resources",
			"--resource", "allowed_ips", "--allowed-ip", "password", "The password");

	private Failures() {
	}

	static List<String> lines(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof InvalidFieldsException invalid) {
				return invalid.faults().stream().map(Failures::line).toList();
			}
			if (cause instanceof ProblemException problem) {
				List<String> lines = new ArrayList<>();
				if (problem.errors().isEmpty()) {
					lines.add(String.valueOf(problem.getMessage()));
				}
				problem.errors().forEach((fault) -> lines.add("%s %s.".formatted(fault.field(), fault.message())));
				return lines;
			}
			if (isForPeople(cause)) {
				return List.of(String.valueOf(cause.getMessage()));
			}
		}
		List<String> known = FailureLines.of(failure);
		return known.isEmpty() ? List.of(unknown(failure)) : known;
	}

	private static boolean isForPeople(Throwable failure) {
		return failure instanceof CommandFailure || failure instanceof UsageException
				|| failure instanceof LastAdminException || failure instanceof QuotaExceededException
				|| failure instanceof PasswordUncheckedException || failure instanceof AccessDeniedException;
	}

	private static String line(FieldFault fault) {
		String option = OPTIONS.getOrDefault(fault.field(), "--" + fault.field().replace('_', '-'));
		return "%s %s.".formatted(option, fault.message());
	}

	/** Without messages, which may have values of rows. */
	private static String unknown(Throwable failure) {
		Throwable root = failure;
		boolean database = false;
		while (true) {
			database = database || root instanceof DataAccessException || root instanceof TransactionException
					|| root instanceof SQLException;
			if (root.getCause() == null) {
				break;
			}
			root = root.getCause();
		}
		LOG.debug("The command failed", failure);
		String name = root.getClass().getSimpleName();
		if (database) {
			if (DatabaseOutage.leavesUnknown(failure)) {
				return DatabaseOutage.UNKNOWN_DETAIL;
			}
			String state = (root instanceof SQLException sql) ? ", SQLSTATE " + sql.getSQLState() : "";
			return "The database could not do this now (%s%s). Try again, or call check.".formatted(name, state);
		}
		return "This failed for a reason that nobody has thought of (%s).".formatted(name);
	}

}
