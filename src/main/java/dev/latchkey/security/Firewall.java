package dev.latchkey.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring Security's firewall with rules of its own. A method that no route has is for the
 * route to refuse, which says the methods that it has. Every parameter with a NUL is
 * refused: PostgreSQL has no text with one, so that it can only be an error or an attack.
 * The rule for headers is written as a loop: as a regular expression, which is tried each
 * time that a header is read, it took longer than finding the token in memory.
 */
@Configuration(proxyBeanMethods = false)
class Firewall {

	private static final int FIRST_PRINTABLE = 0x20;

	private static final int DELETE = 0x7f;

	private static final int LAST_CONTROL = 0x9f;

	@Bean
	static StrictHttpFirewall httpFirewall() {
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setUnsafeAllowAnyHttpMethod(true);
		firewall.setAllowedParameterNames(Firewall::hasNoNul);
		firewall.setAllowedParameterValues(Firewall::hasNoNul);
		firewall.setAllowedHeaderNames(Firewall::hasNoControlCharacter);
		firewall.setAllowedHeaderValues(Firewall::hasNoControlCharacter);
		return firewall;
	}

	private static boolean hasNoNul(String text) {
		return text.indexOf('\0') < 0;
	}

	/** The container reads headers as ISO-8859-1, so that every character is assigned. */
	private static boolean hasNoControlCharacter(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			boolean control = c < FIRST_PRINTABLE || (c >= DELETE && c <= LAST_CONTROL);
			if (control && c != '\t') {
				return false;
			}
		}
		return true;
	}

}
