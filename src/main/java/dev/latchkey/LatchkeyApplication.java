package dev.latchkey;

import dev.latchkey.startup.DatabaseCheck;
import dev.latchkey.startup.HeldOutput;
import dev.latchkey.startup.NameLookups;
import dev.latchkey.startup.PortsCheck;
import dev.latchkey.startup.SettingsCheck;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.resilience.annotation.EnableResilientMethods;

/**
 * Starts the server.
 */
@SpringBootApplication
@EnableResilientMethods
public class LatchkeyApplication {

	public static void main(String[] args) {
		NameLookups.forgetSoon();
		SpringApplication application = new SpringApplication(LatchkeyApplication.class);
		application.addListeners(new HeldOutput());
		application.addInitializers(new SettingsCheck(), new PortsCheck(), new DatabaseCheck());
		application.run(args);
	}

}
