package dev.latchkey.grant;

import java.util.Optional;

import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads the parameter {@code scope} of RFC 6749 section 3.3.
 */
@Component
class FlowScopes {

	private final ScopeCatalogue catalogue;

	FlowScopes(ScopeCatalogue catalogue) {
		this.catalogue = catalogue;
	}

	/**
	 * Returns the scopes, or empty if none is given or one of them does not exist.
	 */
	Optional<Scopes> read(@Nullable String given) {
		Scopes scopes = Scopes.parse((given != null) ? given : "");
		if (scopes.names().contains(Scopes.API)) {
			return Optional.of(Scopes.of(Scopes.ALL));
		}
		return (!scopes.names().isEmpty() && this.catalogue.admits(scopes)) ? Optional.of(scopes) : Optional.empty();
	}

}
