package dev.latchkey.account;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.latchkey.scope.Scope;
import dev.latchkey.scope.Scopes;
import dev.latchkey.token.InventoryFilter;
import dev.latchkey.value.FieldFaults;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Texts;
import dev.latchkey.value.Times;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reads which of everybody's tokens an administrator looks for.
 */
@Component
class TokenSearch {

	/** Owns nothing: for an address that nobody has. */
	private static final UUID NOBODY = new UUID(0, 0);

	private static final Pattern RESOURCE = Pattern.compile("[a-z][a-z0-9-]{1,62}");

	private static final Pattern WILDCARD_END = Pattern.compile(":\\*$");

	private final TokenHolders holders;

	TokenSearch(TokenHolders holders) {
		this.holders = holders;
	}

	/**
	 * Reads the parameters of a request; what is null is not asked for.
	 * @param owner the id or the address of an account
	 */
	InventoryFilter read(@Nullable String owner, @Nullable String scope, @Nullable String resource,
			@Nullable String unusedSince, @Nullable String expiresBefore, FieldFaults faults) {
		if (scope != null && !scope.equals(Scopes.ALL) && !Scope.isName(WILDCARD_END.matcher(scope).replaceFirst(""))) {
			faults.add("scope", "must be a scope such as orders:read, orders:* or *");
		}
		if (resource != null && !RESOURCE.matcher(resource).matches()) {
			faults.add("resource", "must be the name of a resource");
		}
		return new InventoryFilter(owner(owner, faults), scope, resource, time("unused_since", unusedSince, faults),
				time("expires_before", expiresBefore, faults));
	}

	private @Nullable UUID owner(@Nullable String given, FieldFaults faults) {
		if (given == null) {
			return null;
		}
		if (Texts.strip(given).isEmpty()) {
			faults.add("owner", "must be the id or the e-mail address of an account");
			return null;
		}
		return this.holders.byIdOrAddress(given).orElse(NOBODY);
	}

	private static @Nullable Instant time(String field, @Nullable String given, FieldFaults faults) {
		try {
			return (given != null) ? Times.parse(given) : null;
		}
		catch (InvalidValueException ex) {
			faults.add(field, ex.rule());
			return null;
		}
	}

}
