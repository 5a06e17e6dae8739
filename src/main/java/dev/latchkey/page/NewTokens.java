package dev.latchkey.page;

import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.NewToken;
import dev.latchkey.token.TokenIssuer;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes at most one token of each form.
 */
@Service
class NewTokens {

	private final TokenIssuer issuer;

	private final SubmittedForms forms;

	NewTokens(TokenIssuer issuer, SubmittedForms forms) {
		this.issuer = issuer;
		this.forms = forms;
	}

	/**
	 * Makes the token, or nothing if the form was sent before. A refused wish leaves the
	 * form unsent.
	 * @throws dev.latchkey.value.InvalidFieldsException with every field that is not
	 * acceptable
	 */
	@Transactional
	Optional<IssuedToken> issueOnce(Actor by, UUID form, NewToken wanted) {
		return this.forms.isFirst(form) ? Optional.of(this.issuer.issue(by, wanted)) : Optional.empty();
	}

}
