package dev.latchkey;

import java.util.Optional;

import dev.latchkey.account.FirstAdminCheck;
import dev.latchkey.cli.Commands;
import dev.latchkey.startup.DatabaseCheck;
import dev.latchkey.startup.HeldOutput;
import dev.latchkey.startup.NameLookups;
import dev.latchkey.startup.PortsCheck;
import dev.latchkey.startup.SettingsCheck;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.resilience.annotation.EnableResilientMethods;

/**
 * Starts the server, or runs a command: whatever the first word asks for.
 */
@SpringBootApplication
@EnableResilientMethods
public class LatchkeyApplication {

	public static void main(String[] args) {
		NameLookups.forgetSoon();
		Optional<String[]> settings = Commands.settingsOfServer(args);
		if (settings.isPresent()) {
			serve(settings.get());
		}
		else {
			System.exit(Commands.run(args));
		}
	}

	private static void serve(String[] settings) {
		SpringApplication application = new SpringApplication(LatchkeyApplication.class);
		application.addListeners(new HeldOutput());
		application.addInitializers(new SettingsCheck(), new PortsCheck(), new DatabaseCheck(), new FirstAdminCheck());
		application.run(settings);
	}

}
