package dev.latchkey.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.latchkey.startup.DatabaseCheck;
import dev.latchkey.startup.SettingsCheck;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Opens the application context in which a command runs: the server's settings, services
 * and migrations, without what answers requests. A service is made when a command asks
 * for it, and nothing is done from time to time.
 */
class CommandContext {

	/**
	 * A command does one thing at a time, with at most one transaction within another.
	 */
	private static final List<String> LEAN = List.of("--spring.main.web-application-type=none",
			"--spring.data.jpa.repositories.bootstrap-mode=lazy", "--spring.datasource.hikari.maximum-pool-size=3",
			"--spring.datasource.hikari.minimum-idle=1",
			// Lines for people, whatever the server's are for, and none in its file.
			"--logging.structured.format.console=", "--logging.file.name=", "--logging.file.path=");

	private static final Map<String, Object> QUIET = Map.of("logging.level.root", "warn", "logging.threshold.console",
			"warn", "logging.pattern.console", "%level: %m%nopex%n",
			// What keeps a command from running is said by Failures.
			"logging.level.org.springframework.boot.SpringApplication", "off", "logging.level.dev.latchkey.Startup",
			"off",
			// It warns at each start of a server without a name.
			"logging.level.dev.latchkey.net.PublicNames", "error");

	private final List<String> given;

	private final List<String> fixed;

	/**
	 * Takes the settings of the call.
	 * @param given by whoever called, as {@code --name=value}
	 * @param fixed likewise, by nobody else to be changed
	 */
	CommandContext(List<String> given, List<String> fixed) {
		this.given = given;
		this.fixed = fixed;
	}

	/**
	 * Opens it, unless a setting or the database is not as it has to be.
	 */
	ConfigurableApplicationContext open() {
		return open(List.of(CommandBeans.class, CommandEntities.class), new SettingsCheck(), new DatabaseCheck());
	}

	/**
	 * Likewise without what goes through Hibernate, which then is not there to be asked
	 * for.
	 */
	ConfigurableApplicationContext openWithoutEntities() {
		return openWithoutEntities(new SettingsCheck(), new DatabaseCheck());
	}

	/**
	 * Opens it likewise once these have looked at the settings.
	 */
	ConfigurableApplicationContext openWithoutEntities(ApplicationContextInitializer<?>... checks) {
		return open(List.of(CommandBeans.class), checks);
	}

	private ConfigurableApplicationContext open(List<Class<?>> beans, ApplicationContextInitializer<?>... checks) {
		SpringApplication application = new SpringApplication(beans.toArray(Class<?>[]::new));
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setLazyInitialization(true);
		application.setLogStartupInfo(false);
		application.setRegisterShutdownHook(false);
		application.setDefaultProperties(QUIET);
		application.addInitializers(checks);
		return application.run(settings());
	}

	/** Of two with one name the later one: Spring would make a list of both. */
	private String[] settings() {
		Map<String, String> byName = new LinkedHashMap<>();
		Stream.of(this.given, LEAN, this.fixed)
			.flatMap(List::stream)
			.forEach((setting) -> byName.put(setting.substring(0, setting.indexOf('=')), setting));
		return byName.values().toArray(String[]::new);
	}

}
