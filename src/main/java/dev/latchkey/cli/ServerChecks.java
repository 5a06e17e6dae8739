package dev.latchkey.cli;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.latchkey.account.AccountLookup;
import dev.latchkey.jwt.SigningKeyReport;
import dev.latchkey.token.PepperReport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The checks that need the database and what the server is made of. One that fails keeps
 * the others from nothing.
 */
class ServerChecks {

	private static final Duration NOTICED = Duration.ofSeconds(1);

	/** Tokens begin and end by the nodes' clocks. */
	private static final Duration WRONG = Duration.ofSeconds(5);

	private final ApplicationContext beans;

	ServerChecks(ApplicationContext beans) {
		this.beans = beans;
	}

	List<Finding> all() {
		List<Finding> findings = new ArrayList<>();
		JdbcTemplate database;
		try {
			// The first that asks for it brings the schema up to date.
			database = this.beans.getBean(JdbcTemplate.class);
			findings.add(Finding.ok("version", "PostgreSQL %s".formatted(version(database))));
			findings.add(schema());
		}
		catch (RuntimeException ex) {
			return failures("schema", ex);
		}
		findings.addAll(each("clock", () -> clock(offset(database))));
		findings.addAll(each("pepper", this::pepper));
		findings.addAll(each("signing keys", this::signingKeys));
		findings.addAll(each("accounts", this::accounts));
		findings.addAll(each("name", this::name));
		return findings;
	}

	private static List<Finding> each(String subject, Supplier<Finding> check) {
		try {
			return List.of(check.get());
		}
		catch (RuntimeException ex) {
			return failures(subject, ex);
		}
	}

	private static List<Finding> failures(String subject, RuntimeException failure) {
		return Failures.lines(failure).stream().map((line) -> Finding.failure(subject, line)).toList();
	}

	private static String version(JdbcTemplate database) {
		return String.valueOf(database.queryForObject("select current_setting('server_version')", String.class));
	}

	private Finding schema() {
		Flyway flyway = this.beans.getBean(Flyway.class);
		MigrationInfo[] all = flyway.info().all();
		MigrationInfo current = flyway.info().current();
		String version = (current != null) ? "Version " + current.getVersion() : "None";
		for (MigrationInfo migration : all) {
			if (migration.getState().name().startsWith("FUTURE")) {
				return Finding.warning("schema",
						"%s: a newer version of Latchkey has run here. Replace this one.".formatted(version));
			}
		}
		return Finding.ok("schema", version);
	}

	/** How far this machine's clock is ahead; the question is taken for halfway. */
	private Duration offset(JdbcTemplate database) {
		Clock clock = this.beans.getBean(Clock.class);
		Instant before = clock.instant();
		Timestamp there = database.queryForObject("select clock_timestamp()", Timestamp.class);
		Instant after = clock.instant();
		Instant here = before.plus(Duration.between(before, after).dividedBy(2));
		return Duration.between((there != null) ? there.toInstant() : here, here);
	}

	static Finding clock(Duration ahead) {
		Duration distance = ahead.abs();
		String text = "%d.%03d s %s the database's".formatted(distance.toSeconds(), distance.toMillisPart(),
				ahead.isNegative() ? "behind" : "ahead of");
		if (distance.compareTo(WRONG) >= 0) {
			return Finding.failure("clock",
					"This machine's clock is %s. Set both by NTP: tokens begin and end by them.".formatted(text));
		}
		return (distance.compareTo(NOTICED) >= 0)
				? Finding.warning("clock", "This machine's clock is %s. Set both by NTP.".formatted(text))
				: Finding.ok("clock", text);
	}

	private Finding pepper() {
		PepperReport.State state = this.beans.getBean(PepperReport.class).look();
		if (!state.set()) {
			return Finding.ok("pepper", "None is set; tokens rest as plain SHA-256");
		}
		if (state.plain() > 0) {
			return Finding.warning("pepper",
					"%d tokens rest without it still. The server moves them once every node has it."
						.formatted(state.plain()));
		}
		return Finding.ok("pepper",
				"%d tokens rest under it, %d under an older one".formatted(state.present(), state.older()));
	}

	private Finding signingKeys() {
		SigningKeyReport.State state = this.beans.getBean(SigningKeyReport.class).look();
		if (state.shared() && state.foreign() > 0 && state.foreign() < state.sealed()) {
			return Finding.warning("signing keys",
					"%d of %d were sealed with another latchkey.oauth.key-encryption-key. That passes where it was replaced; otherwise set the one that the other nodes have."
						.formatted(state.foreign(), state.sealed()));
		}
		if (state.shared() && state.foreign() > 0) {
			return Finding.failure("signing keys",
					"%d of %d were sealed with another latchkey.oauth.key-encryption-key. Set the one that the other nodes have."
						.formatted(state.foreign(), state.sealed()));
		}
		if (!state.shared() && state.sealed() > 0) {
			return Finding.failure("signing keys",
					"%d are sealed, and latchkey.oauth.key-encryption-key is not set. Set the one that the other nodes have."
						.formatted(state.sealed()));
		}
		return state.shared() ? Finding.ok("signing keys", "%d sign now, shared by all nodes"
			.formatted(state.signing())) : Finding.warning("signing keys",
					"latchkey.oauth.key-encryption-key is not set: each node signs with a key of its own, anew after each start. Set it where there are several.");
	}

	private Finding accounts() {
		AccountLookup accounts = this.beans.getBean(AccountLookup.class);
		if (accounts.isAdministered()) {
			return Finding.ok("accounts", "Somebody administers the server");
		}
		// Where that address has an account already, the start makes nobody.
		String first = this.beans.getEnvironment().getProperty("latchkey.admin.email", "").strip();
		if (!first.isEmpty() && accounts.findByEmail(first).isEmpty()) {
			return Finding.ok("accounts", "Nobody administers the server yet; the next start makes its administrator");
		}
		return Finding.warning("accounts",
				"Nobody administers the server. Call create-user --role=SUPERUSER, or reset-password --superuser.");
	}

	private Finding name() {
		Environment settings = this.beans.getEnvironment();
		boolean named = settings.containsProperty("latchkey.web.public-url")
				|| settings.containsProperty("latchkey.web.public-url[0]")
				|| settings.containsProperty("latchkey.oauth.issuer");
		return named ? Finding.ok("name", "The server knows what it is called") : Finding.warning("name",
				"latchkey.web.public-url is not set, so that every name that leads here is taken for the server's. Set it.");
	}

}
