package dev.latchkey.example;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service of one's own behind Latchkey. Who is calling is in the properties alone; what
 * a route asks for stands at the route.
 */
@SpringBootApplication
@EnableMethodSecurity
@RestController
public class ResourceServer {

	public static void main(String[] args) {
		SpringApplication.run(ResourceServer.class, args);
	}

	@GetMapping("/parcels")
	@PreAuthorize("hasAuthority('SCOPE_orders:read')")
	Map<String, String> parcels(Authentication caller) {
		return Map.of("caller", caller.getName());
	}

	@PostMapping("/parcels")
	@PreAuthorize("hasAuthority('SCOPE_orders:write')")
	Map<String, String> send(Authentication caller) {
		return Map.of("sent_by", caller.getName());
	}

}
