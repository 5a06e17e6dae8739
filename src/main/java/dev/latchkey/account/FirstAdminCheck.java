package dev.latchkey.account;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import dev.latchkey.startup.DatabaseCheck;
import dev.latchkey.value.InvalidFieldsException;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Looks at the first administrator before anything starts, so that whoever starts a
 * server for the first time does not wait for all of it to hear that his password is
 * weak. Comes after those who look at the settings and the database. Whether a password
 * has leaked {@link FirstAdmin} asks, as does whoever has accounts already.
 */
public class FirstAdminCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/** In whichever schema: the pool may look into another one than this connection. */
	private static final String TABLE = "select exists(select from pg_tables where tablename = 'app_user')";

	private static final String ACCOUNTS = "select exists(select from app_user)";

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		Binder settings = Binder.get(environment);
		AdminProperties admin = settings.bindOrCreate("latchkey.admin", AdminProperties.class);
		NewUser wanted = FirstAdmin.wanted(admin);
		if (wanted == null) {
			return;
		}
		PasswordProperties passwords = settings.bindOrCreate("latchkey.passwords", PasswordProperties.class);
		try {
			AccountFields fields = AccountFields.of(wanted);
			new PasswordRules(LeakedPasswords.unasked(), passwords).check(wanted.password(), fields.email().value(),
					fields.name());
		}
		catch (InvalidFieldsException ex) {
			if (!hasAccounts(environment)) {
				throw FirstAdmin.refused(ex);
			}
		}
	}

	/**
	 * Where there are some, nobody may be made at all. Where nobody can tell, somebody
	 * else will.
	 */
	private static boolean hasAccounts(ConfigurableEnvironment environment) {
		try (Connection connection = DatabaseCheck.open(environment);
				Statement statement = connection.createStatement()) {
			return holds(statement, TABLE) && holds(statement, ACCOUNTS);
		}
		catch (SQLException ex) {
			return true;
		}
	}

	private static boolean holds(Statement statement, String question) throws SQLException {
		try (ResultSet answer = statement.executeQuery(question)) {
			return answer.next() && answer.getBoolean(1);
		}
	}

}
