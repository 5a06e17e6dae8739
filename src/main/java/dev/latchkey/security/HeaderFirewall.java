package dev.latchkey.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring Security's firewall, with its rule for header values written as a loop: as a
 * regular expression, which it tries each time that a header is read, it took longer than
 * finding the token in memory.
 */
@Configuration(proxyBeanMethods = false)
class HeaderFirewall {

	private static final int FIRST_PRINTABLE = 0x20;

	private static final int DELETE = 0x7f;

	private static final int LAST_CONTROL = 0x9f;

	@Bean
	static StrictHttpFirewall httpFirewall() {
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setAllowedHeaderNames(HeaderFirewall::hasNoControlCharacter);
		firewall.setAllowedHeaderValues(HeaderFirewall::hasNoControlCharacter);
		return firewall;
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
