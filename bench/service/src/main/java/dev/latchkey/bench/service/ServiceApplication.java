package dev.latchkey.bench.service;

import dev.latchkey.resourceserver.spring.LatchkeyResourceServerConfigurer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A service with one chain: a route that everybody may see, and others for tokens that
 * are verified from memory.
 */
@SpringBootApplication
public class ServiceApplication {

	public static void main(String[] args) {
		SpringApplication.run(ServiceApplication.class, args);
	}

	@Bean
	SecurityFilterChain chain(HttpSecurity http) {
		return http.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/open/**").permitAll().anyRequest().authenticated())
			.with(LatchkeyResourceServerConfigurer.latchkeyResourceServer(), Customizer.withDefaults())
			.build();
	}

}
