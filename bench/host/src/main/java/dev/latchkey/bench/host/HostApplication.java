package dev.latchkey.bench.host;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;

/**
 * An application as people have them, with a route that everybody may see and one for
 * tokens. Its second jar has no library, and starts without it.
 */
@SpringBootApplication
public class HostApplication {

	public static void main(String[] args) {
		SpringApplication.run(HostApplication.class, args);
	}

	@Bean
	UserDetailsService users() {
		return (name) -> User.withUsername(name).password("{noop}never").roles("USER").build();
	}

}
