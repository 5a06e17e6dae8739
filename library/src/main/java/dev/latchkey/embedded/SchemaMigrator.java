package dev.latchkey.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.latchkey.embedded.EmbeddedProperties.Initialize;
import dev.latchkey.startup.StartupFailure;
import dev.latchkey.value.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.ClassPathResource;

/**
 * Makes the tables in the schema {@code latchkey}, or says which are missing. A version
 * table there says what was run; one node does it at a time, in one transaction. The
 * application's own migrations know nothing of it.
 */
class SchemaMigrator {

	private static final Logger log = LoggerFactory.getLogger(SchemaMigrator.class);

	private static final String FOLDER = "META-INF/latchkey/schema/";

	private static final List<String> SCRIPTS = List.of("V1__tokens.sql", "V2__audit.sql", "V3__pruning.sql",
			"V4__forms.sql");

	private static final String VERSIONS = "schema_version.sql";

	private static final String REMEDY = "Make it, set search_path to it, and run from " + FOLDER
			+ " in the jar schema_version.sql, what is missing, and noted.sql, or set"
			+ " latchkey.schema.initialize=always.";

	/**
	 * What PostgreSQL says of a schema, table, column or function that is not there
	 * (SQLSTATE).
	 */
	private static final Set<String> NOT_THERE = Set.of("3F000", "42P01", "42703", "42883");

	private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('latchkey schema', 0))";

	private final Initialize initialize;

	SchemaMigrator(Initialize initialize) {
		this.initialize = initialize;
	}

	/**
	 * Returns whether that is a database in which tokens can be kept.
	 */
	static boolean isPostgres(DataSource database) throws SQLException {
		try (Connection connection = database.getConnection()) {
			return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
		}
	}

	/**
	 * Does as the settings say.
	 * @throws StartupFailure if scripts are missing that Latchkey may not run, or one was
	 * run that had another text
	 */
	void run(DataSource database) throws SQLException {
		if (this.initialize == Initialize.NEVER) {
			return;
		}
		try (Connection connection = database.getConnection()) {
			boolean before = connection.getAutoCommit();
			connection.setAutoCommit(false);
			try {
				run(connection);
				connection.commit();
			}
			catch (SQLException | RuntimeException ex) {
				connection.rollback();
				throw ex;
			}
			finally {
				connection.setAutoCommit(before);
			}
		}
	}

	/**
	 * Returns what to tell the operator where something failed later on because nobody
	 * was to look whether the tables are there, and else the failure itself.
	 */
	RuntimeException explained(RuntimeException failure) {
		if (this.initialize != Initialize.NEVER) {
			return failure;
		}
		return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
			.filter((cause) -> cause instanceof SQLException sql && NOT_THERE.contains(sql.getSQLState()))
			.findFirst()
			.<RuntimeException>map((cause) -> new StartupFailure(
					"latchkey.schema.initialize=never, and the schema latchkey lacks something of %s (%s). %s"
						.formatted(SCRIPTS, firstLine(cause), REMEDY),
					cause))
			.orElse(failure);
	}

	private static String firstLine(Throwable failure) {
		return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
	}

	private void run(Connection connection) throws SQLException {
		List<String> missing = missing(connection);
		if (missing.isEmpty()) {
			return;
		}
		if (this.initialize == Initialize.VALIDATE) {
			throw new StartupFailure("The schema latchkey lacks %s. %s".formatted(missing, REMEDY));
		}
		execute(connection, LOCK);
		// Another node may have been faster.
		if (!exists(connection, "to_regnamespace('latchkey')")) {
			execute(connection, "create schema latchkey");
		}
		execute(connection, "set local search_path to latchkey");
		execute(connection, text(VERSIONS));
		for (String script : missing(connection)) {
			execute(connection, "set local search_path to latchkey");
			execute(connection, text(script));
			note(connection, script);
			log.info("Latchkey has run {} in the schema latchkey", script);
		}
	}

	private static List<String> missing(Connection connection) throws SQLException {
		Map<String, String> run = new TreeMap<>();
		if (exists(connection, "to_regclass('latchkey.schema_version')")) {
			try (Statement statement = connection.createStatement();
					ResultSet rows = statement.executeQuery("select script, digest from latchkey.schema_version")) {
				while (rows.next()) {
					run.put(rows.getString(1), rows.getString(2));
				}
			}
		}
		for (String script : SCRIPTS) {
			String digest = run.get(script);
			if (digest != null && !digest.equals(digest(script))) {
				throw new StartupFailure(
						"%s was run in the schema latchkey with another text than this jar has. Use".formatted(script)
								+ " the version of Latchkey that ran it, or a later one.");
			}
		}
		return SCRIPTS.stream().filter((script) -> !run.containsKey(script)).toList();
	}

	private static void note(Connection connection, String script) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("insert into latchkey.schema_version (script, digest) values (?, ?)")) {
			statement.setString(1, script);
			statement.setString(2, digest(script));
			statement.executeUpdate();
		}
	}

	private static boolean exists(Connection connection, String expression) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select " + expression + " is not null")) {
			return row.next() && row.getBoolean(1);
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	static String digest(String script) {
		return HexFormat.of().formatHex(Sha256.of(text(script)));
	}

	private static String text(String script) {
		try {
			return new ClassPathResource(FOLDER + script, SchemaMigrator.class.getClassLoader())
				.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
