package dev.latchkey.audit;

import java.util.Set;

import dev.latchkey.caller.AuditAction;
import dev.latchkey.language.Words;

/**
 * What pages call what the audit has names for. The names themselves are for filters and
 * programs, and stand beside.
 */
final class AuditWords {

	private static final Set<String> FIELDS = Set.of("name", "description", "scopes", "scope", "resources", "resource",
			"allowed_ips", "rate_limit", "expires_at", "not_before", "successor", "predecessor", "grace_period",
			"revocation_reason", "max_role", "email", "roles", "role", "enabled", "account", "client_id", "grant_types",
			"redirect_uris", "audiences", "confidential", "address", "owner", "removed", "imported", "unchanged",
			"refused", "managed_by_settings");

	private AuditWords() {
	}

	/**
	 * Returns what an action is called; one of another version by its name.
	 */
	static String action(String name) {
		return AuditAction.find(name).isPresent() ? Words.of("audit.action." + name) : name;
	}

	/**
	 * Returns what a field is called that was changed.
	 */
	static String field(String name) {
		return FIELDS.contains(name) ? Words.of("audit.field." + name) : name;
	}

}
