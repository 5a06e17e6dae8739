package dev.latchkey.grant;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.net.PublicNames;
import dev.latchkey.resource.Resource;
import dev.latchkey.resource.ResourceRegistry;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * For which services the tokens of a grant are (RFC 8707): those whose addresses a
 * request names, of those that the grant is for. A grant that names none is for those of
 * its scopes.
 */
@Component
public class ResourceTargets {

	private static final String INVALID_TARGET = "invalid_target";

	private final ResourceRegistry registry;

	private final ScopeCatalogue catalogue;

	private final PublicNames names;

	ResourceTargets(ResourceRegistry registry, ScopeCatalogue catalogue, PublicNames names) {
		this.registry = registry;
		this.catalogue = catalogue;
		this.names = names;
	}

	/**
	 * Returns the services, or null where no address is given.
	 * @param issuer the name of this server
	 * @throws OAuthException if there is none at an address
	 */
	public @Nullable Resources read(Collection<String> addresses, String issuer) {
		SortedSet<String> found = new TreeSet<>();
		addresses.forEach((address) -> found.add(name(address, issuer)));
		return found.isEmpty() ? null : Resources.of(found);
	}

	/** Clients write an address without a path with a slash at its end, or without. */
	private String name(String address, String issuer) {
		String other = address.endsWith("/") ? address.substring(0, address.length() - 1) : address + "/";
		String own = this.names.configured().orElse(issuer);
		for (String one : new String[] { address, other }) {
			if (one.equals(issuer) || one.equals(own)) {
				return Scope.THIS_SERVER;
			}
		}
		return this.registry.byAddress(address)
			.or(() -> this.registry.byAddress(other))
			.map(Resource::name)
			.orElseThrow(() -> new OAuthException(INVALID_TARGET, "There is no resource at this address."));
	}

	/** What a grant is for that names nothing. */
	Resources of(Scopes granted) {
		SortedSet<String> resources = this.catalogue.resourcesOf(granted);
		return resources.isEmpty() ? Resources.OWN : Resources.of(resources);
	}

	/**
	 * Returns what is wanted of what a grant is for.
	 * @param wanted null for all of it
	 * @throws OAuthException if the grant is not for it
	 */
	static Resources within(Resources granted, @Nullable Resources wanted) {
		if (wanted != null && !granted.includes(wanted)) {
			throw new OAuthException(INVALID_TARGET, "The grant is not for this resource.");
		}
		return (wanted != null) ? wanted : granted;
	}

}
