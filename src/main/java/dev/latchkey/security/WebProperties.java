package dev.latchkey.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How browsers may come here.
 *
 * @param cors which other origins may call the API
 * @param session how long people stay signed in
 */
@ConfigurationProperties("latchkey.web")
record WebProperties(@DefaultValue Cors cors, @DefaultValue Session session) {

	private static final int LAST_PORT = 65535;

	WebProperties {
		new SettingFaults("latchkey.web")
			.require(cors.allowedOrigins().stream().allMatch(WebProperties::isOrigin), "cors.allowed-origins",
					"a list of origins such as https://app.example, without a path; there is no * for all")
			.requirePositive(session.idleTimeout(), "session.idle-timeout")
			.requirePositive(session.maxLifetime(), "session.max-lifetime")
			.require(session.idleTimeout().compareTo(session.maxLifetime()) <= 0, "session.idle-timeout",
					"no longer than latchkey.web.session.max-lifetime")
			.raise();
	}

	// RFC 6454 section 6.1: what a browser sends, compared as text.
	private static boolean isOrigin(String text) {
		try {
			URI uri = new URI(text);
			return uri.getHost() != null && uri.getHost().equals(uri.getHost().toLowerCase(Locale.ROOT))
					&& uri.getPort() <= LAST_PORT && text.equals(uri.getScheme() + "://" + uri.getRawAuthority())
					&& uri.getRawUserInfo() == null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/**
	 * Which other origins may call the API, always without cookies.
	 *
	 * @param allowedOrigins origins such as {@code https://app.example}
	 */
	record Cors(@DefaultValue List<String> allowedOrigins) {

	}

	/**
	 * How long people stay signed in.
	 *
	 * @param idleTimeout how long a session lives without a request
	 * @param maxLifetime how long after the sign-in it ends, used or not
	 */
	record Session(@DefaultValue("30m") Duration idleTimeout, @DefaultValue("12h") Duration maxLifetime) {

	}

}
