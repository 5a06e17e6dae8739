package dev.latchkey.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;

/**
 * Checks to which address a request wants its answer: one that was registered, character
 * by character. Of a loopback address the port may differ (RFC 8252 section 7.3), and
 * where the settings say so of {@code localhost}, too, which section 8.3 advises against:
 * a name may be made to lead elsewhere.
 */
class RedirectUriCheck implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

	private static final Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> LIBRARY = OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_REDIRECT_URI_VALIDATOR;

	private final boolean localhostAnyPort;

	RedirectUriCheck(boolean localhostAnyPort) {
		this.localhostAnyPort = localhostAnyPort;
	}

	@Override
	public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
		OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
		String asked = request.getRedirectUri();
		boolean admitted = this.localhostAnyPort && asked != null
				&& context.getRegisteredClient()
					.getRedirectUris()
					.stream()
					.anyMatch((registered) -> isSameButForThePort(registered, asked));
		if (!admitted) {
			LIBRARY.accept(context);
		}
	}

	private static boolean isSameButForThePort(String registered, String asked) {
		String one = withoutPort(registered);
		return one != null && Objects.equals(one, withoutPort(asked));
	}

	/** Returns null for everything but {@code http://localhost}. */
	private static @Nullable String withoutPort(String address) {
		try {
			URI uri = new URI(address);
			boolean localhost = "http".equals(uri.getScheme()) && "localhost".equals(uri.getHost())
					&& uri.getRawUserInfo() == null && uri.getRawFragment() == null && uri.getPort() <= 65535;
			return localhost ? uri.getRawPath() + "?" + uri.getRawQuery() : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
