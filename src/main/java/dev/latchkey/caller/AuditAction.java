package dev.latchkey.caller;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the audit has a row for, and nothing else has one.
 */
public enum AuditAction {

	/** A token was made, as the successor of another one too. */
	TOKEN_CREATED("token.created"),

	/** Name, scopes or networks of a token were changed. */
	TOKEN_CHANGED("token.changed"),

	/** A token got a successor. */
	TOKEN_ROTATED("token.rotated"),

	/** A token may not be used until it is resumed. */
	TOKEN_SUSPENDED("token.suspended"),

	/** A suspended token may be used again. */
	TOKEN_RESUMED("token.resumed"),

	/** A token's life was ended. */
	TOKEN_REVOKED("token.revoked"),

	/** A token was presented that is not good. */
	TOKEN_REFUSED("token.refused", true),

	/**
	 * A token was presented after its rotation and its grace period, or a code after it
	 * was redeemed.
	 */
	TOKEN_REUSE_DETECTED("token.reuse_detected", true),

	/** A signed JWT was given for a token. */
	TOKEN_EXCHANGED("token.exchanged"),

	/** Somebody asked what is wrong with a token. */
	TOKEN_DIAGNOSED("token.diagnosed", true),

	/** Somebody who is known wanted what he has no right to. */
	RIGHT_REFUSED("right.refused", true),

	/** Somebody agreed that an application acts for him. */
	CONSENT_GIVEN("consent.given"),

	/** Somebody took an application's right away. */
	CONSENT_WITHDRAWN("consent.withdrawn"),

	/** A client was registered. */
	CLIENT_REGISTERED("client.registered"),

	/** A client was changed, or disabled. */
	CLIENT_CHANGED("client.changed"),

	/** A client was removed. */
	CLIENT_REMOVED("client.removed"),

	/** A client got another secret. */
	CLIENT_SECRET_REPLACED("client.secret_replaced"),

	/** A client did not prove who it is. */
	CLIENT_REFUSED("client.refused", true),

	/** Somebody signed in, or got tokens for a password. */
	LOGIN_SUCCEEDED("login.succeeded"),

	/** An address and a password led nowhere. */
	LOGIN_FAILED("login.failed", true),

	/** Somebody signed out. */
	LOGOUT("logout"),

	/** An account was made. */
	USER_CREATED("user.created"),

	/** An account got another name. */
	USER_RENAMED("user.renamed"),

	/** An account got other roles. */
	USER_ROLES_CHANGED("user.roles_changed"),

	/** An account got another password. */
	USER_PASSWORD_CHANGED("user.password_changed"),

	/** An account may act again. */
	USER_ENABLED("user.enabled"),

	/** An account may not act any more. */
	USER_DISABLED("user.disabled"),

	/** An account was deleted. */
	USER_DELETED("user.deleted"),

	/** A service behind this server was added. */
	RESOURCE_CREATED("resource.created"),

	/** A service behind this server, or a scope of it, was changed. */
	RESOURCE_CHANGED("resource.changed"),

	/** A service behind this server was removed. */
	RESOURCE_REMOVED("resource.removed"),

	/** A token was taken in that another system gave out. */
	IMPORT_TOKEN("import.token"),

	/** All that was read of another system was taken in, or refused. */
	IMPORT_FINISHED("import.finished"),

	/** Somebody read the audit. */
	AUDIT_READ("audit.read", true);

	private final String value;

	private final boolean folded;

	AuditAction(String value) {
		this(value, false);
	}

	AuditAction(String value, boolean folded) {
		this.value = value;
		this.folded = folded;
	}

	/**
	 * Returns the name as it stands in the audit.
	 */
	public String value() {
		return this.value;
	}

	/**
	 * Returns whether this changes nothing, so that anybody may repeat it without end:
	 * rows of one kind are folded into one with a count, off the request's way. The row
	 * of a change stands or falls with the change itself.
	 */
	public boolean isFolded() {
		return this.folded;
	}

	/**
	 * Finds an action by its name in the audit.
	 */
	public static Optional<AuditAction> find(String value) {
		return Arrays.stream(values()).filter((action) -> action.value.equals(value)).findFirst();
	}

	/**
	 * Returns the names of all actions, as they stand in the audit.
	 */
	public static List<String> names() {
		return Arrays.stream(values()).map(AuditAction::value).toList();
	}

}
