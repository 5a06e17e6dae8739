package dev.latchkey.caller;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who is calling, and what this call may do. Handlers take it as an argument with
 * {@code @AuthenticationPrincipal}; services ask {@link #current()}.
 *
 * @param user the account
 * @param rights the scopes that both the token and the account's roles allow, wildcards
 * resolved
 * @param token the token, or null for a web session
 * @param signedInAt when the web session began, or null for a token
 * @param sessionId what the audit calls the web session, or null for a token
 */
public record Caller(User user, Set<String> rights, @Nullable CurrentToken token, @Nullable Instant signedInAt,
		@Nullable String sessionId) implements Principal {

	/**
	 * Calls with a token.
	 */
	public Caller(User user, Set<String> rights, CurrentToken token) {
		this(user, rights, token, null, null);
	}

	/**
	 * Returns who is calling, or empty for a guest.
	 */
	public static Optional<Caller> current() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		return (authentication != null && authentication.getPrincipal() instanceof Caller caller) ? Optional.of(caller)
				: Optional.empty();
	}

	/**
	 * Returns whether this call has the scope and the account's roles allow it.
	 */
	public boolean can(String scope) {
		return this.rights.contains(scope);
	}

	/**
	 * Returns whether this call lacks the scope, or the account's roles do not allow it.
	 */
	public boolean cannot(String scope) {
		return !can(scope);
	}

	/**
	 * Returns the token with which the request was made, or empty for a web session.
	 */
	public Optional<CurrentToken> currentToken() {
		return Optional.ofNullable(this.token);
	}

	/**
	 * Returns the account's id.
	 */
	public UUID userId() {
		return this.user.id();
	}

	/**
	 * Returns who acts, as the audit names him.
	 */
	public Actor actor() {
		return new Actor(Actor.Kind.REQUEST, this.user.id(), this.user.email(), credential(), null, null, this);
	}

	private @Nullable Credential credential() {
		if (this.token != null) {
			return Credential.token(this.token.id());
		}
		return (this.sessionId != null) ? new Credential(Credential.Kind.SESSION, this.sessionId) : null;
	}

	@Override
	public String getName() {
		return this.user.email();
	}

}
