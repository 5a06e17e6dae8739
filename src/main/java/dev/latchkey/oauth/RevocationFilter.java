package dev.latchkey.oauth;

import java.util.List;
import java.util.Map;

import dev.latchkey.problem.ProblemWriter;
import dev.latchkey.token.RevocationCause;
import dev.latchkey.token.TokenFormat;
import dev.latchkey.token.TokenRevocation;

/**
 * Lets clients end tokens (RFC 7009). Who holds a token in hand may end it, here as at
 * every other door, whichever client it was given to; what is no token is no fault.
 */
class RevocationFilter extends FormEndpointFilter {

	private final ClientGate gate;

	private final TokenFormat format;

	private final TokenRevocation revocation;

	RevocationFilter(OAuthAnswers answers, ProblemWriter problems, ClientGate gate, TokenFormat format,
			TokenRevocation revocation) {
		super(answers, problems);
		this.gate = gate;
		this.format = format;
		this.revocation = revocation;
	}

	@Override
	Object answer(OAuthForm form) {
		this.gate.requireAny(form);
		this.format.parseCopied(form.require("token"))
			.ifPresent((token) -> this.revocation.revokeByPossession(List.of(token), RevocationCause.REQUESTED));
		return Map.of();
	}

}
