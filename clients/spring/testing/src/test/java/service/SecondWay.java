package service;

import dev.latchkey.resourceserver.TokenVerifier;
import dev.latchkey.resourceserver.spring.LatchkeyOpaqueTokenIntrospector;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service that takes the second way of the README, with Spring's own resource server.
 */
@Configuration
@EnableAutoConfiguration
@RestController
class SecondWay {

	@Bean
	OpaqueTokenIntrospector latchkey(TokenVerifier verifier) {
		return new LatchkeyOpaqueTokenIntrospector(verifier);
	}

	@GetMapping("/parcels")
	String parcels(Authentication caller) {
		return "A parcel for " + caller.getName();
	}

}
