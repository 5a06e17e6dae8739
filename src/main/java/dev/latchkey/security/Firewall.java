package dev.latchkey.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Refuses, besides what Spring Security refuses, every parameter with a NUL: PostgreSQL
 * has no text with one, so that it can only be an error or an attack.
 */
@Configuration(proxyBeanMethods = false)
class Firewall {

	@Bean
	HttpFirewall httpFirewall() {
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setAllowedParameterNames(Firewall::hasNoNul);
		firewall.setAllowedParameterValues(Firewall::hasNoNul);
		return firewall;
	}

	private static boolean hasNoNul(String text) {
		return text.indexOf('\0') < 0;
	}

}
