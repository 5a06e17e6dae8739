package com.example.billing;

import dev.latchkey.embedded.IntrospectionClients;
import dev.latchkey.embedded.LatchkeyConfigurer;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;

@Configuration
class SecurityConfiguration {

	@Bean
	SecurityFilterChain chain(HttpSecurity http) throws Exception {
		return http
			.authorizeHttpRequests((requests) -> requests
				.requestMatchers("/users/**").hasRole("ADMIN")
				.anyRequest().authenticated())
			.formLogin(Customizer.withDefaults())
			.with(LatchkeyConfigurer.latchkey(), Customizer.withDefaults())
			.build();
	}

	/** The courier's service may ask what a token is good for. */
	@Bean
	IntrospectionClients services(PasswordEncoder encoder, @Value("${billing.courier}") String courier) {
		return (name, secret) -> name.equals("courier") && encoder.matches(secret, courier);
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return new BCryptPasswordEncoder();
	}

}
