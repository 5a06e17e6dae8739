package dev.latchkey.oauth;

import java.util.List;
import java.util.Map;

import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.grant.ResourceTargets;
import dev.latchkey.scope.Resources;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.stereotype.Component;

/**
 * Reads the parameter {@code resource} of RFC 8707 among those that the library does not
 * know. It may stand there several times.
 */
@Component
class AskedResources {

	private static final String RESOURCE = "resource";

	private final ResourceTargets targets;

	AskedResources(ResourceTargets targets) {
		this.targets = targets;
	}

	/**
	 * Returns the services, or null where none is asked for.
	 * @throws OAuthException if there is none at an address
	 */
	@Nullable Resources read(Map<String, Object> parameters) {
		Object given = parameters.get(RESOURCE);
		List<String> addresses = (given instanceof String[] several) ? List.of(several)
				: (given instanceof String one) ? List.of(one) : List.of();
		return this.targets.read(addresses, AuthorizationServerContextHolder.getContext().getIssuer());
	}

}
