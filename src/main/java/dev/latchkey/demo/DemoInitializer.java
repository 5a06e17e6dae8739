package dev.latchkey.demo;

import java.nio.file.Path;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the database before the application context, and stops it after: what the
 * context writes on its way out must find it running.
 */
class DemoInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		DemoDirectory directory = DemoDirectory
			.open(Path.of(environment.getProperty("latchkey.demo.directory", ".latchkey")));
		DemoDatabase database = new DemoDatabase(directory);
		SpringApplication.getShutdownHandlers().add(database::stop);
		database.start();
		// In front of all other sources: an address from the environment must neither
		// open
		// accounts whose passwords are public, nor fill somebody's real database with
		// them.
		environment.getPropertySources()
			.addFirst(new MapPropertySource("demo",
					Map.of("server.address", "127.0.0.1", "management.server.address", "127.0.0.1",
							"spring.datasource.url", database.url(), "spring.datasource.username", DemoDatabase.USER,
							"spring.datasource.password", directory.password())));
	}

}
