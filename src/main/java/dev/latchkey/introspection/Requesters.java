package dev.latchkey.introspection;

import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.RequestTokenUrls;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.introspection.RequestingClients.RequestingClient;
import dev.latchkey.limit.TokenLimitedException;
import dev.latchkey.limit.UsePlace;
import dev.latchkey.net.Arrival;
import dev.latchkey.verification.AdmittedToken;
import dev.latchkey.verification.TokenExpiryHeader;
import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import dev.latchkey.verification.VerifiedToken;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Finds out who asks about tokens, and lets pass who may: a client that proves itself by
 * its secret, or an account by a token with {@code tokens:introspect}.
 */
@Component
class Requesters {

	static final String SCOPE = "tokens:introspect";

	private static final String BEARER = "Bearer ";

	private final RequestingClients clients;

	private final TokenVerifier verifier;

	private final TokenExpiryHeader expiry;

	private final RequestTokenUrls remedies;

	Requesters(RequestingClients clients, TokenVerifier verifier, TokenExpiryHeader expiry, RequestTokenUrls remedies) {
		this.clients = clients;
		this.verifier = verifier;
		this.expiry = expiry;
		this.remedies = remedies;
	}

	/**
	 * Returns who asks.
	 * @param response takes headers, for refusals too
	 * @throws OAuthException if it may not
	 */
	Requester of(OAuthForm form, HttpServletResponse response) {
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
			return new Requester(Actor.of(form.request()), null, admitted.token());
		}
		catch (TokenRefusedException ex) {
			throw OAuthException.invalidToken();
		}
		catch (TokenLimitedException ex) {
			ex.writeTo(response);
			this.expiry.write(ex, response);
			throw OAuthException.tooMany(ex);
		}
	}

	/**
	 * Has a client prove itself by what the database says now: which service it belongs
	 * to is remembered, too.
	 */
	Requester proveAnew(OAuthForm form, Requester requester) {
		if (requester.client() == null) {
			return requester;
		}
		return requester(this.clients.requireConfidentialAsked(form), form);
	}

	/**
	 * Returns what says later whether a client is still as it was when it proved itself.
	 */
	BooleanSupplier standing(RequestingClient client) {
		return this.clients.standing(client);
	}

	private static Requester requester(RequestingClient client, OAuthForm form) {
		return new Requester(Actor.of(form.request()), client, null);
	}

	/** An application asks its user once more; the page would not make it a token. */
	private @Nullable String remedy(OAuthForm form, VerifiedToken token) {
		return (token.clientId() == null)
				? this.remedies.of(form.request(), token.caller(), token.issuedAt(), List.of(SCOPE)).orElse(null)
				: null;
	}

	/**
	 * Who asks: a client, or an account with a token.
	 *
	 * @param actor the same, as the audit names it
	 * @param client the client, or null if it is an account
	 * @param token the account's token, or null if it is a client
	 */
	record Requester(Actor actor, @Nullable RequestingClient client, @Nullable VerifiedToken token) {

		@Nullable String clientId() {
			return (this.client != null) ? this.client.clientId() : null;
		}

		@Nullable UUID registration() {
			return (this.client != null) ? this.client.id() : null;
		}

		@Nullable UUID userId() {
			return (this.token != null) ? this.token.caller().userId() : null;
		}

		/**
		 * Returns the service of whose tokens alone it is told, or null for all.
		 */
		@Nullable String resource() {
			return (this.client != null) ? this.client.resource() : null;
		}

	}

}
