package dev.latchkey.demo;

import java.util.Map;

import dev.latchkey.LatchkeyApplication;
import dev.latchkey.startup.HeldOutput;
import dev.latchkey.startup.PortsCheck;
import dev.latchkey.startup.SettingsCheck;

import org.springframework.boot.SpringApplication;

/**
 * Starts the server and everything it needs. {@code ./mvnw spring-boot:run} runs it.
 */
public final class DemoApplication {

	private DemoApplication() {
	}

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(LatchkeyApplication.class);
		application.setAdditionalProfiles("demo");
		// What fails is said once, by a StartupFailure.
		application.setDefaultProperties(Map.of("logging.level.io.zonky.test", "off"));
		application.addListeners(new HeldOutput());
		application.addInitializers(new SettingsCheck(), new DemoInitializer(), new PortsCheck());
		application.run(args);
	}

}
