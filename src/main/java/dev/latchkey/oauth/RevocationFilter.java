package dev.latchkey.oauth;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.token.RawToken;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenRevocation;
import dev.latchkey.value.Texts;

/**
 * Lets clients end tokens (RFC 7009). Who holds a token in hand may end it, here as at
 * every other door, whichever client it was given to; what is no token is no fault. But
 * nobody can end a JWT of this server, and that must not look done.
 */
class RevocationFilter extends FormEndpointFilter {

	private final ClientGate gate;

	private final TokenFormat format;

	private final Jwts jwts;

	private final TokenRevocation revocation;

	RevocationFilter(OAuthAnswers answers, ProblemWriter problems, ClientGate gate, TokenFormat format, Jwts jwts,
			TokenRevocation revocation) {
		super(answers, problems);
		this.gate = gate;
		this.format = format;
		this.jwts = jwts;
		this.revocation = revocation;
	}

	@Override
	Object answer(OAuthForm form) {
		this.gate.requireAny(form);
		String presented = form.require("token");
		Optional<RawToken> token = this.format.parseCopied(presented);
		if (token.isPresent()) {
			this.revocation.revokeByPossession(List.of(token.get()), RevocationCause.REQUESTED);
		}
		else if (this.jwts.read(Texts.strip(presented)).isPresent()) {
			throw new OAuthRefusal("unsupported_token_type",
					"A JWT cannot be revoked. Revoke the token that it was exchanged for.");
		}
		return Map.of();
	}

}
