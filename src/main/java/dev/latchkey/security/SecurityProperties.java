package dev.latchkey.security;

import java.util.regex.Pattern;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where and how credentials are read.
 *
 * @param header the header that carries the token
 * @param basic whether proxies may ask about Basic credentials too, for tools that speak
 * nothing else: the token is the password, and the name is ignored
 */
@ConfigurationProperties("latchkey.security")
record SecurityProperties(@DefaultValue("Authorization") String header, @DefaultValue("false") boolean basic) {

	// RFC 9110 section 5.6.2.
	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

	/** What carries something else, or is read or written on the way. */
	private static final Pattern TAKEN = Pattern.compile(
			"accept|accept-.*|access-control-.*|age|allow|cache-control|connection|content-.*|cookie2?|date|dnt|expect|"
					+ "forwarded|from|host|http2-settings|if-.*|keep-alive|last-event-id|last-modified|link|location|"
					+ "max-forwards|origin|pragma|prefer|priority|proxy-.*|range|referer|sec-.*|server|set-cookie2?|te|"
					+ "trailer|transfer-encoding|upgrade|upgrade-insecure-requests|user-agent|vary|via|warning|"
					+ "www-authenticate|x-forwarded-.*|x-csrf-token|x-requested-with|x-real-ip",
			Pattern.CASE_INSENSITIVE);

	SecurityProperties {
		new SettingFaults("latchkey.security")
			.require(TOKEN.matcher(header).matches(), "header", "the name of a header, such as Authorization")
			.require(!TAKEN.matcher(header).matches(), "header", "a header that means nothing else")
			.raise();
	}

}
