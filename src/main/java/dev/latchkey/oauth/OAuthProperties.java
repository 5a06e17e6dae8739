package dev.latchkey.oauth;

import java.net.URI;
import java.net.URISyntaxException;

import dev.latchkey.startup.SettingFaults;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the authorization server.
 *
 * @param issuer the address under which clients know this server, or null for the one
 * that they happen to use
 * @param localhostAnyPort whether the port may differ from what was registered for
 * {@code localhost}, too, as it may for 127.0.0.1 and [::1]
 */
@ConfigurationProperties("latchkey.oauth")
record OAuthProperties(@Nullable String issuer, @DefaultValue("false") boolean localhostAnyPort) {

	OAuthProperties {
		new SettingFaults("latchkey.oauth")
			.require(issuer == null || isIssuer(issuer), "issuer",
					"an http or https address without query and fragment (RFC 8414 section 2)")
			.raise();
	}

	private static boolean isIssuer(String text) {
		try {
			URI uri = new URI(text);
			return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())) && uri.getHost() != null
					&& uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

}
