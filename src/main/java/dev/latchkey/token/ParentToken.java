package dev.latchkey.token;

import dev.latchkey.net.Networks;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.FieldFaults;
import org.jspecify.annotations.Nullable;

/**
 * The token with which another one is made or rotated: what it may not do itself, it
 * cannot give.
 */
record ParentToken(Scopes scopes, Networks networks, @Nullable Integer rateLimit, @Nullable Role maxRole,
		TokenTimes times) {

	private static final String NETWORKS_BEYOND = "cannot go beyond those of the token it is made with";

	void checkScopes(Scopes wanted, FieldFaults faults) {
		for (String scope : wanted.names()) {
			if (!this.scopes.covers(scope)) {
				faults.add("scopes", "cannot have %s, which the token it is made with does not have".formatted(scope));
			}
		}
	}

	void checkNetworks(Networks wanted, FieldFaults faults) {
		if (!this.networks.covers(wanted)) {
			faults.add("allowed_ips", NETWORKS_BEYOND);
		}
	}

	void checkRate(@Nullable Integer wanted, FieldFaults faults) {
		if (this.rateLimit != null && (wanted == null || wanted > this.rateLimit)) {
			faults.add("rate_limit", "cannot go beyond that of the token it is made with");
		}
	}

	void checkRole(@Nullable Role wanted, FieldFaults faults) {
		if (this.maxRole != null && (wanted == null || !this.maxRole.includes(wanted))) {
			faults.add("scopes", "cannot act with a higher role than the token it is made with");
		}
	}

	/** A child that asks for no network gets its parent's. */
	Networks narrow(Networks wanted, FieldFaults faults) {
		if (wanted.blocks().isEmpty()) {
			return this.networks;
		}
		checkNetworks(wanted, faults);
		return wanted;
	}

	/** A child that asks for no limit gets its parent's. */
	@Nullable Integer narrow(@Nullable Integer wanted, FieldFaults faults) {
		if (wanted == null) {
			return this.rateLimit;
		}
		checkRate(wanted, faults);
		return wanted;
	}

}
