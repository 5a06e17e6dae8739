package dev.latchkey.oauth;

import java.net.InetAddress;
import java.util.UUID;

import dev.latchkey.net.Arrival;
import dev.latchkey.net.IpAddress;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.user.Caller;
import dev.latchkey.verification.TokenRefusedException;
import dev.latchkey.verification.TokenVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Tells resource servers whether a token is good (RFC 7662).
 */
class IntrospectionFilter extends FormEndpointFilter {

	private static final String BEARER = "Bearer ";

	private static final String SCOPE = "tokens:introspect";

	private final ClientGate gate;

	private final TokenVerifier verifier;

	private final Introspection introspection;

	IntrospectionFilter(OAuthAnswers answers, ProblemWriter problems, ClientGate gate, TokenVerifier verifier,
			Introspection introspection) {
		super(answers, problems);
		this.gate = gate;
		this.verifier = verifier;
		this.introspection = introspection;
	}

	@Override
	Object answer(OAuthForm form) {
		Asker asker = asker(form);
		return this.introspection.of(form.require("token"), address(form), asker);
	}

	private Asker asker(OAuthForm form) {
		String header = this.gate.header(form.request());
		if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			return new Asker(this.gate.requireConfidential(form).clientId(), null);
		}
		try {
			Caller caller = this.verifier
				.verify(header.substring(BEARER.length()).strip(), Arrival.address(form.request()), false)
				.caller();
			caller.actor().enter();
			if (caller.cannot(SCOPE)) {
				throw OAuthRefusal.insufficientScope(SCOPE);
			}
			return new Asker(null, caller.userId());
		}
		catch (TokenRefusedException ex) {
			throw OAuthRefusal.invalidToken();
		}
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
					.orElseThrow(() -> OAuthRefusal.invalidRequest("The parameter client_ip is no address."))
				: Arrival.address(form.request());
	}

	/**
	 * Who asks.
	 *
	 * @param clientId the client, or null if it is an account with a token
	 * @param userId the account, or null if it is a client
	 */
	record Asker(@Nullable String clientId, @Nullable UUID userId) {

	}

}
