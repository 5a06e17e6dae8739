package dev.latchkey.resourceserver.spring;

import java.util.Map;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ListeningSecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * An application as people have them: form login, roles, an advice for everything.
 */
@Configuration
@EnableAutoConfiguration
@EnableMethodSecurity
@Import({ HostApplication.Routes.class, HostApplication.Advice.class, HostApplication.Deliveries.class })
class HostApplication {

	@Bean
	SecurityFilterChain chain(HttpSecurity http) {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers("/admin")
				.hasRole("ADMIN")
				.requestMatchers("/by-chain")
				.hasAuthority("SCOPE_orders:write")
				.requestMatchers("/open/**")
				.permitAll()
				.anyRequest()
				.authenticated())
			.formLogin(Customizer.withDefaults())
			.with(LatchkeyResourceServerConfigurer.latchkeyResourceServer(), Customizer.withDefaults())
			.build();
	}

	/** Its own place for who is calling. */
	@Bean
	SecurityContextHolderStrategy strategy() {
		return new ListeningSecurityContextHolderStrategy((change) -> {
		});
	}

	/** What it serves. */
	@RestController
	static class Routes {

		private final Deliveries deliveries;

		Routes(Deliveries deliveries) {
			this.deliveries = deliveries;
		}

		@GetMapping("/me")
		Map<String, Object> me(Authentication caller) {
			return Map.of("name", caller.getName(), "authorities",
					caller.getAuthorities().stream().map(Object::toString).sorted().toList());
		}

		@PostMapping("/me")
		String change() {
			return "changed";
		}

		@GetMapping("/admin")
		String admin() {
			return "admin";
		}

		@GetMapping("/by-chain")
		String byChain() {
			return "by chain";
		}

		@GetMapping("/read")
		@RequiresScope("orders:read")
		String read() {
			return "read";
		}

		@GetMapping("/write")
		@RequiresScope("orders:write")
		String write() {
			return "written";
		}

		@GetMapping("/either")
		@RequiresScope(anyOf = { "orders:write", "orders:read" })
		String either() {
			return "either";
		}

		@GetMapping("/open/any")
		@AnyToken
		String any() {
			return "any";
		}

		@GetMapping("/by-expression")
		@PreAuthorize("hasAuthority('SCOPE_orders:read')")
		String byExpression() {
			return "by expression";
		}

		@GetMapping("/deliver")
		String deliver() {
			return this.deliveries.deliver();
		}

	}

	/** A bean that is no controller. */
	@Service
	static class Deliveries {

		@RequiresScope("orders:write")
		String deliver() {
			return "delivered";
		}

	}

	/** It would make a 500 of every refusal that is thrown inside. */
	@RestControllerAdvice
	static class Advice {

		@ExceptionHandler(IllegalStateException.class)
		String anything() {
			return "advice";
		}

	}

}
