package dev.latchkey.introspection;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.caller.Actor;
import dev.latchkey.endpoint.FormEndpointFilter;
import dev.latchkey.endpoint.OAuthException;
import dev.latchkey.endpoint.OAuthForm;
import dev.latchkey.endpoint.OAuthResponses;
import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenReader;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.value.Texts;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets clients end tokens (RFC 7009). Who holds a token in hand may end it, here as at
 * every other door, whichever client it was given to; what is no token is no fault. But
 * nobody can end a JWT of this server, and that must not look done.
 */
class RevocationFilter extends FormEndpointFilter {

	private final RequestingClients clients;

	private final TokenReader reader;

	private final SignedTokens signed;

	private final TokenRevocation revocation;

	RevocationFilter(OAuthResponses responses, ProblemWriter problems, RequestingClients clients, TokenReader reader,
			SignedTokens signed, TokenRevocation revocation) {
		super(responses, problems);
		this.clients = clients;
		this.reader = reader;
		this.signed = signed;
		this.revocation = revocation;
	}

	@Override
	protected Object answer(OAuthForm form, HttpServletResponse response) {
		this.clients.requireAny(form);
		String presented = form.require("token");
		if (this.signed.read(Texts.strip(presented)).isPresent()) {
			throw new OAuthException("unsupported_token_type",
					"A JWT cannot be revoked. Revoke the token that it was exchanged for.");
		}
		Optional<RawToken> token = this.reader.parseCopied(presented);
		if (token.isPresent()) {
			this.revocation.revokeByPossession(Actor.of(form.request()), List.of(token.get()),
					RevocationCause.REQUESTED);
		}
		return Map.of();
	}

}
