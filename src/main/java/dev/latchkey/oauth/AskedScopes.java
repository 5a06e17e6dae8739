package dev.latchkey.oauth;

import java.util.Set;

import dev.latchkey.client.Client;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.stereotype.Component;

/**
 * Reads the scopes that a request at the token endpoint asks for.
 */
@Component
class AskedScopes {

	private final ScopeCatalogue catalogue;

	AskedScopes(ScopeCatalogue catalogue) {
		this.catalogue = catalogue;
	}

	/**
	 * Returns the scopes, or null where none is asked for.
	 * @throws OAuth2AuthenticationException if one of them is not given
	 */
	@Nullable Scopes read(Set<String> asked) {
		if (asked.isEmpty()) {
			return null;
		}
		Scopes scopes = Scopes.of(asked);
		if (!this.catalogue.admits(scopes)) {
			throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE);
		}
		return scopes;
	}

	/**
	 * Returns what a client gets by itself: the scopes that it asks for, or what of its
	 * own is given still.
	 * @throws OAuth2AuthenticationException if it has not all of them, or none is left
	 */
	Scopes readOwn(Set<String> asked, Client client) {
		Scopes read = read(asked);
		Scopes scopes = (read != null) ? read
				: Scopes.of(client.scopes().names().stream().filter(this.catalogue::admits).toList());
		if (scopes.names().isEmpty() || !this.catalogue.covers(client.scopes(), scopes)) {
			throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE);
		}
		return scopes;
	}

}
