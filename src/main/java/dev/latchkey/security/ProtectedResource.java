package dev.latchkey.security;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.latchkey.net.PublicNames;
import dev.latchkey.net.ResourceMetadata;
import dev.latchkey.resource.ResourceRegistry;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.dao.DataAccessException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;

/**
 * This server as a resource (RFC 9728): where its document stands, what stands in it, and
 * how a challenge names it.
 */
@Component
class ProtectedResource {

	private final PublicNames names;

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,62}");

	private final ScopeCatalogue catalogue;

	private final ResourceRegistry others;

	ProtectedResource(PublicNames names, ScopeCatalogue catalogue, ResourceRegistry others) {
		this.names = names;
		this.catalogue = catalogue;
		this.others = others;
	}

	/**
	 * Returns a challenge that names the document (section 5.1), last of all. One that
	 * led to a name which somebody has made up would send clients to him for their
	 * tokens: where nobody has said what this server is called, there is none.
	 */
	String challenge(String challenge, HttpServletRequest request) {
		return this.names.origin(request)
			.map((origin) -> ResourceMetadata.in(challenge, origin, asked(request).orElse("")))
			.orElse(challenge);
	}

	/**
	 * Finds the service for which a proxy asks: a client of that one is to read its
	 * document. What is no such service, or cannot be read or looked up now, changes no
	 * refusal.
	 */
	private Optional<String> asked(HttpServletRequest request) {
		String path = request.getRequestURI();
		boolean beneath = path.startsWith(BearerRoutes.GATEWAY + "/");
		if (!beneath && !path.equals(BearerRoutes.GATEWAY)) {
			return Optional.empty();
		}
		String query = request.getQueryString();
		try {
			Stream<String> named = beneath ? Stream.ofNullable(request.getHeader("Latchkey-Resource"))
					: Stream.of(((query != null) ? query : "").split("&"))
						.filter((parameter) -> parameter.startsWith("resource="))
						.map((parameter) -> parameter.substring("resource=".length()));
			return named.filter((name) -> NAME.matcher(name).matches())
				.filter((name) -> this.others.find(name).isPresent())
				.findFirst();
		}
		catch (DataAccessException | RequestRejectedException ex) {
			return Optional.empty();
		}
	}

	/** What the document says of another service. */
	Optional<Document> document(String name, HttpServletRequest request) {
		return this.others.find(name)
			.map((resource) -> new Document(resource.address(), List.of(this.names.issuer(request)),
					resource.scopes().stream().filter((scope) -> scope.retiredAt() == null).map(Scope::name).toList(),
					List.of("header"), resource.name()));
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
