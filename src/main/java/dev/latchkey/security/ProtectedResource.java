package dev.latchkey.security;

import java.util.List;

import dev.latchkey.net.PublicNames;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Component;

/**
 * This server as a resource (RFC 9728): where its document stands, what stands in it, and
 * how a challenge names it.
 */
@Component
class ProtectedResource {

	/** Where a resource has its document (section 3). */
	static final String METADATA = "/.well-known/oauth-protected-resource";

	private final PublicNames names;

	private final ScopeCatalogue catalogue;

	ProtectedResource(PublicNames names, ScopeCatalogue catalogue) {
		this.names = names;
		this.catalogue = catalogue;
	}

	/**
	 * Returns a challenge that names the document (section 5.1), last of all. One that
	 * led to a name which somebody has made up would send clients to him for their
	 * tokens: where nobody has said what this server is called, there is none.
	 */
	String challenge(String challenge, HttpServletRequest request) {
		return this.names.origin(request)
			.map((origin) -> "%s, resource_metadata=\"%s%s\"".formatted(challenge, origin, METADATA))
			.orElse(challenge);
	}

	/** What the document says to who asks for it under one of the server's names. */
	Document document(HttpServletRequest request) {
		return new Document(this.names.askedOrigin(request), List.of(this.names.issuer(request)),
				this.catalogue.own().stream().map(Scope::name).toList(), List.of("header"), "Latchkey");
	}

	/**
	 * The document.
	 *
	 * @param resource the resource's address
	 * @param authorizationServers who gives tokens for it
	 * @param scopesSupported what tokens may do there
	 * @param bearerMethodsSupported how a token is presented
	 * @param resourceName what people call it
	 */
	record Document(String resource, List<String> authorizationServers, List<String> scopesSupported,
			List<String> bearerMethodsSupported, String resourceName) {

	}

}
