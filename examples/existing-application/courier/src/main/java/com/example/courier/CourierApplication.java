package com.example.courier;

import java.util.List;

import dev.latchkey.resourceserver.VerifiedToken;
import dev.latchkey.resourceserver.spring.LatchkeyResourceServerConfigurer;
import dev.latchkey.resourceserver.spring.RequiresScope;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service of somebody else's, which takes the tokens of the users of billing. */
@SpringBootApplication
@RestController
public class CourierApplication {

	public static void main(String[] args) {
		SpringApplication.run(CourierApplication.class, args);
	}

	@Bean
	SecurityFilterChain chain(HttpSecurity http) throws Exception {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.with(LatchkeyResourceServerConfigurer.latchkeyResourceServer(), Customizer.withDefaults())
			.build();
	}

	@GetMapping("/parcels")
	@RequiresScope("invoices:read")
	List<String> parcels(@AuthenticationPrincipal VerifiedToken caller) {
		return List.of("A parcel for " + caller.username());
	}

}
