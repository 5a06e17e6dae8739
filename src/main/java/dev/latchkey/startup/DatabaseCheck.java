package dev.latchkey.startup;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.GT;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Opens one connection to the configured database before anything else starts, so that
 * what is wrong with it is said in one line.
 * <p>
 * Once the context starts, the pool, the migrations and the web server each have their
 * own say about a database that cannot be used, over hundreds of lines.
 */
public class DatabaseCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String FORM = "jdbc:postgresql://host:5432/latchkey";

	private static final String CREDENTIALS = "SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD";

	/**
	 * What of an address may be shown: no parameter, since one may be the password.
	 */
	private static final Pattern ADDRESS = Pattern.compile("jdbc:postgresql:(?://(?<host>[^/?]*)/)?(?<name>[^?]*).*");

	private static final int OLDEST_VERSION = 15;

	/** What an address may ask for and still mean the primary. */
	private static final Set<String> PRIMARY = Set.of("any", "primary", "master");

	private static final Pattern SERVER_TYPE = Pattern.compile("[?&]targetServerType=([^&]*)");

	private static final String WRITABLE = "select not pg_is_in_recovery(),"
			+ " not cast(current_setting('default_transaction_read_only') as boolean)";

	// SQLSTATEs, see appendix A of PostgreSQL's manual.
	private static final String INVALID_AUTHORIZATION = "28";

	private static final String CONNECTION_FAILED = "08";

	private static final String CONNECTION_REJECTED = "08004";

	private static final String NO_SUCH_DATABASE = "3D000";

	private final int oldest;

	/**
	 * Asks for the oldest version that the migrations and the suite know.
	 */
	public DatabaseCheck() {
		this(OLDEST_VERSION);
	}

	DatabaseCheck(int oldest) {
		this.oldest = oldest;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		Environment environment = context.getEnvironment();
		String url = environment.getProperty("spring.datasource.url", "");
		if (url.isBlank()) {
			throw new StartupFailure("No database is configured. Set SPRING_DATASOURCE_URL (" + FORM + "), "
					+ CREDENTIALS + "; or run ./mvnw spring-boot:run for a try, which brings its own.");
		}
		Matcher address = ADDRESS.matcher(url);
		if (!address.matches()) {
			throw new StartupFailure("SPRING_DATASOURCE_URL is not of the form " + FORM + ". Correct it.");
		}
		Properties settings = connectionSettings(environment);
		requirePrimary(wantsPrimary(url, settings, environment),
				"the settings ask for a replica or a read-only connection", address);
		try (Connection connection = DriverManager.getConnection(url, settings)) {
			DatabaseMetaData server = connection.getMetaData();
			if (server.getDatabaseMajorVersion() < this.oldest) {
				throw new StartupFailure("PostgreSQL at %s is version %s; Latchkey needs %d or newer."
					.formatted(placeOf(address), server.getDatabaseProductVersion(), this.oldest));
			}
			requireWritable(connection, address);
		}
		catch (SQLException ex) {
			throw new StartupFailure(explain(ex, address), ex);
		}
	}

	/**
	 * Opens a connection with what is set for the pool, which is not there yet.
	 */
	public static Connection open(Environment environment) throws SQLException {
		return DriverManager.getConnection(environment.getProperty("spring.datasource.url", ""),
				connectionSettings(environment));
	}

	/** A replica shows in its own time, and in its own order, what the primary has. */
	private static void requireWritable(Connection connection, Matcher address) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet answer = statement.executeQuery(WRITABLE)) {
			answer.next();
			requirePrimary(answer.getBoolean(1), "it is a standby in recovery", address);
			requirePrimary(answer.getBoolean(2), "default_transaction_read_only is on", address);
			requirePrimary(!connection.isReadOnly(), "the connection is read-only", address);
		}
	}

	private static void requirePrimary(boolean holds, String reason, Matcher address) {
		if (!holds) {
			throw new StartupFailure("PostgreSQL at %s takes no writes: %s. Latchkey never decides on a replica; have"
				.formatted(placeOf(address), reason) + " SPRING_DATASOURCE_URL name the primary, with"
					+ " targetServerType=primary where it names several servers.");
		}
	}

	private static boolean wantsPrimary(String url, Properties settings, Environment environment) {
		Matcher inAddress = SERVER_TYPE.matcher(url);
		String type = inAddress.find() ? inAddress.group(1) : settings.getProperty("targetServerType", "any");
		return PRIMARY.contains(type)
				&& !environment.getProperty("spring.datasource.hikari.read-only", "false").equals("true");
	}

	// The settings with which the pool will connect, the time limits among them.
	private static Properties connectionSettings(Environment environment) {
		Properties settings = new Properties();
		settings.putAll(Binder.get(environment)
			.bind("spring.datasource.hikari.data-source-properties", Bindable.mapOf(String.class, String.class))
			.orElse(Map.of()));
		put(settings, "user", environment.getProperty("spring.datasource.username"));
		put(settings, "password", environment.getProperty("spring.datasource.password"));
		return settings;
	}

	private static void put(Properties settings, String name, @Nullable String value) {
		if (value != null) {
			settings.put(name, value);
		}
	}

	private static String placeOf(Matcher address) {
		String host = address.group("host");
		return (host != null && !host.isEmpty()) ? host : "localhost";
	}

	private static String explain(SQLException failure, Matcher address) {
		String place = placeOf(address);
		String state = String.valueOf(failure.getSQLState());
		if (state.startsWith(INVALID_AUTHORIZATION) || state.equals(CONNECTION_REJECTED)) {
			return "PostgreSQL at %s does not accept the user name or the password. Correct %s.".formatted(place,
					CREDENTIALS);
		}
		if (state.equals(NO_SUCH_DATABASE)) {
			return "PostgreSQL at %s has no database \"%s\". Create it, or correct SPRING_DATASOURCE_URL."
				.formatted(place, address.group("name"));
		}
		if (state.startsWith(CONNECTION_FAILED) && isTimeout(failure)) {
			return "PostgreSQL at %s did not answer in time. Try again if it is busy; else look for what drops the way there, or correct SPRING_DATASOURCE_URL."
				.formatted(place);
		}
		if (state.startsWith(CONNECTION_FAILED) && String.valueOf(failure.getMessage()).contains("targetServerType")) {
			return "None of the servers at %s takes writes, or none answers. Have SPRING_DATASOURCE_URL name the primary."
				.formatted(place);
		}
		if (state.startsWith(CONNECTION_FAILED)) {
			return "No PostgreSQL answers at %s. Start it, or correct SPRING_DATASOURCE_URL.".formatted(place);
		}
		return "PostgreSQL at %s does not let the server in: %s".formatted(place, failure.getMessage());
	}

	/** By the socket's limit, or by the driver's own, which has but words for it. */
	private static boolean isTimeout(SQLException failure) {
		return failure.getCause() instanceof SocketTimeoutException
				|| GT.tr("Connection attempt timed out.").equals(failure.getMessage());
	}

}
