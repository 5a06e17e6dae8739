package dev.latchkey.token;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Which of everybody's tokens are wanted; null wants all.
 *
 * @param owner the account
 * @param scope what the token may do; a wildcard that covers it counts
 * @param resource the name of the service for which it was made
 * @param unusedSince not used at this time or later, nor made since
 * @param expiresBefore ending before this time
 */
public record InventoryFilter(@Nullable UUID owner, @Nullable String scope, @Nullable String resource,
		@Nullable Instant unusedSince, @Nullable Instant expiresBefore) {

	/** As far as {@link TokenTimes#stateAt} calls no state an end. */
	private static final String LIVING = """
			 from api_token t where t.kind = 'p'
			    and (t.revoked_at is null or (t.revoked_at > t.rotated_at and t.revoked_at > :now))
			    and (t.expires_at is null or t.expires_at > :now)
			    and greatest(t.last_used_at, t.created_at) > :idle
			""";

	/** The conditions that are asked for, and no others, so that an index helps. */
	String where() {
		List<String> conditions = new ArrayList<>();
		if (this.owner != null) {
			conditions.add("t.owner_id = :owner");
		}
		if (this.scope != null) {
			conditions.add("string_to_array(t.scopes, ' ') && string_to_array(:scopes, ' ')");
		}
		if (this.resource != null) {
			conditions.add(":resource = any(string_to_array(coalesce(t.resources, 'latchkey'), ' '))");
		}
		if (this.unusedSince != null) {
			conditions.add("greatest(t.last_used_at, t.created_at) < :unused");
		}
		if (this.expiresBefore != null) {
			conditions.add("least(t.expires_at, t.revoked_at) < :ends");
		}
		return conditions.isEmpty() ? LIVING : LIVING + " and " + String.join(" and ", conditions);
	}

	/**
	 * Returns the values of the conditions.
	 * @param all whether {@code *} stands for the scope
	 */
	Map<String, Object> parameters(boolean all) {
		Map<String, Object> parameters = new HashMap<>();
		put(parameters, "owner", this.owner);
		put(parameters, "scopes", (this.scope != null) ? String.join(" ", holders(this.scope, all)) : null);
		put(parameters, "resource", this.resource);
		put(parameters, "unused", this.unusedSince);
		put(parameters, "ends", this.expiresBefore);
		return parameters;
	}

	private static void put(Map<String, Object> parameters, String name, @Nullable Object value) {
		if (value != null) {
			parameters.put(name, value);
		}
	}

	/** What may be written on a token that has the scope: itself and what covers it. */
	private static List<String> holders(String scope, boolean all) {
		List<String> names = new ArrayList<>(List.of(scope));
		for (int colon = scope.indexOf(':'); colon >= 0; colon = scope.indexOf(':', colon + 1)) {
			names.add(scope.substring(0, colon) + ":*");
		}
		if (all) {
			names.add("*");
		}
		return names;
	}

}
