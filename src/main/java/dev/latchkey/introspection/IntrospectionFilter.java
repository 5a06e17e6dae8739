package dev.latchkey.introspection;

import java.net.InetAddress;
import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.RequestTokenUrls;
import dev.latchkey.endpoint.FormEndpointFilter;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.introspection.RequestingClients.RequestingClient;
import dev.latchkey.limit.TokenLimitedException;
import dev.latchkey.limit.UsePlace;
import dev.latchkey.net.Arrival;
import dev.latchkey.net.IpAddress;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.verification.AdmittedToken;
import dev.latchkey.verification.Beliefs;
import dev.latchkey.verification.TokenExpiryHeader;
import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Tells resource servers whether a token is good (RFC 7662). Whoever sends
 * {@code Cache-Control: no-cache} wants to hear what the database says now.
 */
class IntrospectionFilter extends FormEndpointFilter {

	private static final String BEARER = "Bearer ";

	private static final String SCOPE = "tokens:introspect";

	private final RequestingClients clients;

	private final TokenVerifier verifier;

	private final TokenExpiryHeader expiry;

	private final Introspection introspection;

	private final RequestTokenUrls remedies;

	private final Beliefs beliefs;

	IntrospectionFilter(OAuthResponses responses, ProblemWriter problems, RequestingClients clients,
			TokenVerifier verifier, TokenExpiryHeader expiry, Introspection introspection, RequestTokenUrls remedies,
			Beliefs beliefs) {
		super(responses, problems);
		this.clients = clients;
		this.verifier = verifier;
		this.expiry = expiry;
		this.introspection = introspection;
		this.remedies = remedies;
		this.beliefs = beliefs;
	}

	@Override
	protected Object answer(OAuthForm form, HttpServletResponse response) {
		try {
			Requester requester = requester(form, response);
			String token = form.require("token");
			InetAddress address = address(form);
			return CacheControl.isNoCache(form.request().getHeaders(HttpHeaders.CACHE_CONTROL))
					? this.introspection.asked(token, address, proveAnew(form, requester))
					: this.introspection.of(token, address, requester);
		}
		catch (TokenLimitedException ex) {
			ex.writeTo(response);
			throw OAuthException.tooMany(ex);
		}
	}

	/** Which service a client belongs to is remembered, too. */
	private Requester proveAnew(OAuthForm form, Requester requester) {
		if (requester.registration() == null) {
			return requester;
		}
		this.beliefs.askAnew(requester.registration());
		return requester(this.clients.requireConfidential(form), form);
	}

	private static Requester requester(RequestingClient client, OAuthForm form) {
		return new Requester(Actor.of(form.request()), client.id(), client.clientId(), null, client.resource());
	}

	private Requester requester(OAuthForm form, HttpServletResponse response) {
		String header = this.clients.header(form.request());
		if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			return requester(this.clients.requireConfidential(form), form);
		}
		try {
			AdmittedToken admitted = this.verifier.admit(Actor.of(form.request()),
					header.substring(BEARER.length()).strip(), Arrival.address(form.request()), false,
					UsePlace.ELSEWHERE);
			if (admitted.limit() != null) {
				admitted.limit().writeTo(response);
			}
			this.expiry.write(admitted.token(), response);
			Caller caller = admitted.token().caller();
			caller.actor().enter(form.request());
			if (caller.cannot(SCOPE)) {
				throw OAuthException.insufficientScope(SCOPE, remedy(form, admitted.token()));
			}
			return new Requester(Actor.of(form.request()), null, null, caller.userId(), null);
		}
		catch (TokenRefusedException ex) {
			throw OAuthException.invalidToken();
		}
	}

	/** An application asks its user once more; the page would not make it a token. */
	private @Nullable String remedy(OAuthForm form, VerifiedToken token) {
		return (token.clientId() == null)
				? this.remedies.of(form.request(), token.caller(), token.issuedAt(), List.of(SCOPE)).orElse(null)
				: null;
	}

	/**
	 * A token that is bound to addresses is good only from there. The resource server
	 * says from where it was presented (RFC 7662 section 2.1); if it does not, its own
	 * address counts.
	 */
	private static @Nullable InetAddress address(OAuthForm form) {
		String given = form.find("client_ip");
		return (given != null)
				? IpAddress.parse(given)
					.orElseThrow(() -> OAuthException.invalidRequest("The parameter client_ip is no address."))
				: Arrival.address(form.request());
	}

	/**
	 * Who asks: a client, or an account with a token.
	 *
	 * @param actor the same, as the audit names it
	 * @param registration the client's registration, or null if it is an account with a
	 * token
	 * @param clientId the client, or null if it is an account with a token
	 * @param userId the account, or null if it is a client
	 * @param resource the service of whose tokens alone it is told, or null for all
	 */
	record Requester(Actor actor, @Nullable UUID registration, @Nullable String clientId, @Nullable UUID userId,
			@Nullable String resource) {

	}

}
