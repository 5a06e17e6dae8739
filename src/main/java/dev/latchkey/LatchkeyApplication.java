package dev.latchkey;

import dev.latchkey.startup.DatabaseCheck;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the server.
 */
@SpringBootApplication
public class LatchkeyApplication {

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(LatchkeyApplication.class);
		application.addInitializers(new DatabaseCheck());
		application.run(args);
	}

}
