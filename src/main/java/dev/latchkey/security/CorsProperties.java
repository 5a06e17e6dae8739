package dev.latchkey.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which other origins may call the API, always without cookies.
 *
 * @param allowedOrigins origins such as {@code https://app.example}
 */
@ConfigurationProperties("latchkey.web.cors")
record CorsProperties(@DefaultValue List<String> allowedOrigins) {

	private static final int LAST_PORT = 65535;

	CorsProperties {
		new SettingFaults("latchkey.web.cors")
			.require(allowedOrigins.stream().allMatch(CorsProperties::isOrigin), "allowed-origins",
					"a list of origins such as https://app.example, without a path; there is no * for all")
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

}
