package dev.latchkey.api;

import dev.latchkey.token.NewToken;
import dev.latchkey.token.TokenIssuer;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.web.BodyRules;

import org.springframework.stereotype.Component;

/**
 * What is wrong with the wish for a token, whoever makes it, beside a field that could
 * not be read.
 */
@Component
class NewTokenRules implements BodyRules<NewToken> {

	private final TokenIssuer issuer;

	NewTokenRules(TokenIssuer issuer) {
		this.issuer = issuer;
	}

	@Override
	public Class<NewToken> type() {
		return NewToken.class;
	}

	@Override
	public void note(NewToken wanted, FieldFaults faults) {
		this.issuer.note(wanted, faults);
	}

}
