package dev.latchkey.token;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.net.Networks;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What may be changed of a token: it may be called otherwise, and do less.
 */
@Component
class TokenChangeRules {

	private static final String OF_APPLICATION = "cannot be changed for the token of an application, which gets everything back with its next one; withdraw its access, or remove the client";

	private final TokenFields fields;

	private final ScopeCatalogue catalogue;

	private final GivingRules giving;

	TokenChangeRules(TokenFields fields, ScopeCatalogue catalogue, GivingRules giving) {
		this.fields = fields;
		this.catalogue = catalogue;
		this.giving = giving;
	}

	/**
	 * Reads what shall be changed.
	 * @param by who asks: a token can only narrow the networks, a person who signed in a
	 * short time ago may also widen them
	 * @throws InvalidFieldsException with every field that is not acceptable
	 */
	Accepted accept(Actor by, ApiToken token, TokenChange change) {
		FieldFaults faults = new FieldFaults();
		String name = (change.name() != null) ? this.fields.name(change.name(), faults) : null;
		Scopes scopes = (change.scopes() != null) ? fewer(token, change, faults) : null;
		Networks networks = (change.allowedIps() != null) ? networks(token, change, by, faults) : null;
		String description = this.fields.description(change.description(), faults);
		if (token.kind() == TokenKind.ACCESS) {
			noteChange("scopes", scopes, token.scopes(), faults);
			noteChange("allowed_ips", networks, token.networks(), faults);
		}
		faults.throwIfAny();
		return new Accepted(name, description, scopes, networks);
	}

	/** An application's next token is as wide as what it was granted. */
	private static void noteChange(String field, @Nullable Object wanted, Object held, FieldFaults faults) {
		if (wanted != null && !wanted.equals(held)) {
			faults.addFirst(field, OF_APPLICATION);
		}
	}

	private Scopes fewer(ApiToken token, TokenChange change, FieldFaults faults) {
		Scopes scopes = this.fields.scopes(change.scopes(), token.scopes(), faults);
		if (!this.catalogue.covers(token.scopes(), scopes)) {
			faults.add("scopes", "can only become fewer; make a new token for more");
		}
		return scopes;
	}

	private Networks networks(ApiToken token, TokenChange change, Actor by, FieldFaults faults) {
		Networks networks = this.fields.networks(change.allowedIps(), faults);
		if (token.networks().covers(networks)) {
			return networks;
		}
		this.giving.requireRecent(by);
		if (by.tokenId() != null) {
			faults.add("allowed_ips", "can only become fewer when a token asks; sign in on the page for more");
		}
		return networks;
	}

	/**
	 * What is to be changed, each null where it stays as it is.
	 *
	 * @param name its new name
	 * @param description what is written about it, null too where that is to be nothing
	 * @param scopes what it may still do
	 * @param networks from where it may be used
	 */
	record Accepted(@Nullable String name, @Nullable String description, @Nullable Scopes scopes,
			@Nullable Networks networks) {

	}

}
