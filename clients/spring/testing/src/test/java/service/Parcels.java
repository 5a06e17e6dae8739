package service;

import java.util.List;

import dev.latchkey.resourceserver.VerifiedToken;
import dev.latchkey.resourceserver.spring.LatchkeyResourceServerConfigurer;
import dev.latchkey.resourceserver.spring.RequiresScope;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The service of the README.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
class Parcels {

	@Bean
	SecurityFilterChain chain(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.with(LatchkeyResourceServerConfigurer.latchkeyResourceServer(), withDefaults())
			.build();
	}

	@GetMapping("/parcels")
	@RequiresScope("parcels:read")
	List<Parcel> parcels(@AuthenticationPrincipal VerifiedToken caller) {
		return List.of(new Parcel("A parcel for " + caller.subject()));
	}

	/** What is delivered. */
	record Parcel(String what) {

	}

}
