package dev.latchkey.bench.open;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The bare stack: one JSON route behind Spring Security's chain, nobody checked. The
 * profile {@code bare} takes the chain away as well.
 */
@SpringBootApplication
public class OpenRouteApplication {

	public static void main(String[] args) {
		SpringApplication.run(OpenRouteApplication.class, args);
	}

	@Bean
	@Profile("!bare")
	SecurityFilterChain permitAll(HttpSecurity http) {
		return http.csrf(AbstractHttpConfigurer::disable)
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.build();
	}

}
