package dev.latchkey.audit;

import java.util.Map;

import dev.latchkey.caller.AuditAction;

/**
 * What pages call what the audit has names for. The names themselves are for filters and
 * programs, and stand beside.
 */
final class AuditWords {

	private static final Map<String, String> FIELDS = Map.ofEntries(Map.entry("name", "Name"),
			Map.entry("description", "Description"), Map.entry("scopes", "Scopes"), Map.entry("scope", "Scope"),
			Map.entry("resources", "Services"), Map.entry("resource", "Service"),
			Map.entry("allowed_ips", "Allowed addresses"), Map.entry("rate_limit", "Requests a minute"),
			Map.entry("expires_at", "Ends"), Map.entry("not_before", "Begins"), Map.entry("successor", "New token"),
			Map.entry("predecessor", "Old token"), Map.entry("grace_period", "Old one works until"),
			Map.entry("revocation_reason", "Reason"), Map.entry("max_role", "Highest role"),
			Map.entry("email", "Email"), Map.entry("roles", "Roles"), Map.entry("role", "Role"),
			Map.entry("enabled", "Enabled"), Map.entry("account", "Acts for"), Map.entry("client_id", "Client id"),
			Map.entry("grant_types", "Grants"), Map.entry("redirect_uris", "Redirect addresses"),
			Map.entry("audiences", "Audiences"), Map.entry("confidential", "Has a secret"),
			Map.entry("address", "Address"), Map.entry("owner", "Owner"), Map.entry("removed", "Removed"),
			Map.entry("imported", "Imported"), Map.entry("unchanged", "Unchanged"), Map.entry("refused", "Refused"),
			Map.entry("managed_by_settings", "Managed by the settings"));

	private AuditWords() {
	}

	/**
	 * Returns what an action is called; one of another version by its name.
	 */
	static String action(String name) {
		return AuditAction.find(name).map(AuditWords::of).orElse(name);
	}

	/**
	 * Returns what a field is called that was changed.
	 */
	static String field(String name) {
		return FIELDS.getOrDefault(name, name);
	}

	private static String of(AuditAction action) {
		return switch (action) {
			case TOKEN_CREATED -> "Token made";
			case TOKEN_CHANGED -> "Token changed";
			case TOKEN_ROTATED -> "Token rotated";
			case TOKEN_SUSPENDED -> "Token suspended";
			case TOKEN_RESUMED -> "Token resumed";
			case TOKEN_REVOKED -> "Token revoked";
			case TOKEN_REFUSED -> "Token refused";
			case TOKEN_REUSE_DETECTED -> "Replaced token used again";
			case TOKEN_EXCHANGED -> "Token exchanged for a JWT";
			case TOKEN_DIAGNOSED -> "Token diagnosed";
			case RIGHT_REFUSED -> "Right refused";
			case CONSENT_GIVEN -> "Application allowed";
			case CONSENT_WITHDRAWN -> "Application no longer allowed";
			case CLIENT_REGISTERED -> "Application registered";
			case CLIENT_CHANGED -> "Application changed";
			case CLIENT_REMOVED -> "Application removed";
			case CLIENT_SECRET_REPLACED -> "Application’s secret replaced";
			case CLIENT_REFUSED -> "Application refused";
			case LOGIN_SUCCEEDED -> "Signed in";
			case LOGIN_FAILED -> "Sign-in failed";
			case LOGOUT -> "Signed out";
			case USER_CREATED -> "Account made";
			case USER_RENAMED -> "Account renamed";
			case USER_ROLES_CHANGED -> "Roles changed";
			case USER_PASSWORD_CHANGED -> "Password changed";
			case USER_ENABLED -> "Account enabled";
			case USER_DISABLED -> "Account disabled";
			case USER_DELETED -> "Account deleted";
			case RESOURCE_CREATED -> "Service added";
			case RESOURCE_CHANGED -> "Service changed";
			case RESOURCE_REMOVED -> "Service removed";
			case IMPORT_TOKEN -> "Token imported";
			case IMPORT_FINISHED -> "Import finished";
			case AUDIT_READ -> "Audit read";
		};
	}

}
