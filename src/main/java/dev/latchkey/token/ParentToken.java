package dev.latchkey.token;

import dev.latchkey.net.Networks;
import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.FieldFaults;
import org.jspecify.annotations.Nullable;

/**
 * The token with which another one is made or rotated: what it may not do itself, it
 * cannot give.
 *
 * @param terms what it may do
 * @param times its life
 */
record ParentToken(TokenTerms terms, TokenTimes times) {

	/**
	 * Returns the terms of a token that is made with this one. One that asks for no
	 * network, or for no limit, gets those of this one.
	 */
	TokenTerms narrow(TokenTerms wanted, ScopeCatalogue catalogue, FieldFaults faults) {
		checkScopes(wanted.scopes(), catalogue, faults);
		checkResources(wanted.resources(), faults);
		Networks networks = wanted.networks().blocks().isEmpty() ? this.terms.networks() : wanted.networks();
		checkNetworks(networks, faults);
		Integer rateLimit = (wanted.rateLimit() != null) ? wanted.rateLimit() : this.terms.rateLimit();
		checkRate(rateLimit, faults);
		return new TokenTerms(wanted.scopes(), wanted.resources(), this.terms.maxRole(), wanted.rotatesItself(),
				networks, rateLimit, wanted.notBefore(), wanted.expiresAt());
	}

	/**
	 * Checks the terms that a token has already. A token that can rotate others does not
	 * thereby come to hold what it could not make.
	 */
	void check(TokenTerms rotated, ScopeCatalogue catalogue, FieldFaults faults) {
		checkScopes(rotated.scopes(), catalogue, faults);
		checkResources(rotated.resources(), faults);
		checkNetworks(rotated.networks(), faults);
		checkRate(rotated.rateLimit(), faults);
		checkRole(rotated.maxRole(), faults);
	}

	private void checkScopes(Scopes wanted, ScopeCatalogue catalogue, FieldFaults faults) {
		for (String scope : wanted.names()) {
			if (!catalogue.covers(this.terms.scopes(), scope)) {
				faults.add("scopes", "cannot have %s, which the token it is made with does not have".formatted(scope));
			}
		}
	}

	private void checkResources(Resources wanted, FieldFaults faults) {
		if (!this.terms.resources().includes(wanted)) {
			faults.add("resources", "cannot go beyond those of the token it is made with");
		}
	}

	private void checkNetworks(Networks wanted, FieldFaults faults) {
		if (!this.terms.networks().covers(wanted)) {
			faults.add("allowed_ips", "cannot go beyond those of the token it is made with");
		}
	}

	private void checkRate(@Nullable Integer wanted, FieldFaults faults) {
		Integer most = this.terms.rateLimit();
		if (most != null && (wanted == null || wanted > most)) {
			faults.add("rate_limit", "cannot go beyond that of the token it is made with");
		}
	}

	private void checkRole(@Nullable Role wanted, FieldFaults faults) {
		Role highest = this.terms.maxRole();
		if (highest != null && (wanted == null || !highest.includes(wanted))) {
			faults.add("scopes", "cannot act with a higher role than the token it is made with");
		}
	}

}
