package dev.latchkey.security;

import java.util.regex.Pattern;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where credentials are read.
 *
 * @param header the header that carries the token
 */
@ConfigurationProperties("latchkey.security")
record SecurityProperties(@DefaultValue("Authorization") String header) {

	// RFC 9110 section 5.6.2.
	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

	SecurityProperties {
		new SettingFaults("latchkey.security")
			.require(TOKEN.matcher(header).matches(), "header", "the name of a header, such as Authorization")
			.raise();
	}

}
