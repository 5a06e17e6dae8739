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
import dev.latchkey.verification.TokenExpiryHeader;
import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Tells resource servers whether a token is good (RFC 7662).
 */
class IntrospectionFilter extends FormEndpointFilter {

	private static final String BEARER = "Bearer ";

	private static final String SCOPE = "tokens:introspect";

	private final RequestingClients clients;

	private final TokenVerifier verifier;

	private final TokenExpiryHeader expiry;

	private final Introspection introspection;

	private final RequestTokenUrls remedies;

	IntrospectionFilter(OAuthResponses responses, ProblemWriter problems, RequestingClients clients,
			TokenVerifier verifier, TokenExpiryHeader expiry, Introspection introspection, RequestTokenUrls remedies) {
		super(responses, problems);
		this.clients = clients;
		this.verifier = verifier;
		this.expiry = expiry;
		this.introspection = introspection;
		this.remedies = remedies;
	}

	@Override
	protected Object answer(OAuthForm form, HttpServletResponse response) {
		try {
			Requester requester = requester(form, response);
			return this.introspection.of(form.require("token"), address(form), requester);
		}
		catch (TokenLimitedException ex) {
			ex.writeTo(response);
			throw OAuthException.tooMany(ex);
		}
	}

	private Requester requester(OAuthForm form, HttpServletResponse response) {
		String header = this.clients.header(form.request());
		if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			RequestingClient client = this.clients.requireConfidential(form);
			return new Requester(Actor.of(form.request()), client.clientId(), null, client.resource());
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
			return new Requester(Actor.of(form.request()), null, caller.userId(), null);
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
	 * @param clientId the client, or null if it is an account with a token
	 * @param userId the account, or null if it is a client
	 * @param resource the service of whose tokens alone it is told, or null for all
	 */
	record Requester(Actor actor, @Nullable String clientId, @Nullable UUID userId, @Nullable String resource) {

	}

}
