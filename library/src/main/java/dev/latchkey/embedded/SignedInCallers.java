package dev.latchkey.embedded;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.Caller;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;
import dev.latchkey.value.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Finds out for Latchkey's own routes who is calling: with a token, or signed in to the
 * application. Of the latter it is asked anew who that is, and counts what both that
 * answer and the sign-in allow.
 */
class SignedInCallers {

	private static final int NAMED_BY = 16;

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final LatchkeyCore core;

	private final HostRights rights;

	SignedInCallers(LatchkeyCore core, HostRights rights) {
		this.core = core;
		this.rights = rights;
	}

	/**
	 * Returns who calls, with a {@link Caller} as the principal, or null for a guest and
	 * for whom the application does not know as a user of its own.
	 * @throws OwnerUnknownException if the application does not say
	 */
	@Nullable Authentication find(@Nullable Authentication given, HttpServletRequest request) {
		if (given instanceof TokenAuthentication token) {
			return token.ofCaller();
		}
		if (given == null || !given.isAuthenticated() || this.trust.isAnonymous(given)) {
			return null;
		}
		OwnerMirror owners = this.core.owners();
		return owners.signedIn(given).filter(TokenOwner::enabled).map((owner) -> {
			UUID id = HttpMethod.POST.matches(request.getMethod()) ? owners.keep(owner)
					: owners.find(owner.id()).orElseGet(() -> withoutRow(owner.id()));
			return authentication(caller(id, owner, given, request));
		}).orElse(null);
	}

	/**
	 * Returns by which id the application knows an owner.
	 * @throws OwnerUnknownException if it does not know that one now
	 */
	String hostId(UUID ownerId) {
		TokenOwner owner = this.core.owners().current(ownerId).owner();
		if (owner == null) {
			throw new OwnerUnknownException("The owner is being changed", null);
		}
		return owner.id();
	}

	private Caller caller(UUID id, TokenOwner owner, Authentication given, HttpServletRequest request) {
		Role may = Role
			.highest(this.rights.roles(AuthorityUtils.createAuthorityList(List.copyOf(owner.authorities()))));
		Set<Role> roles = Role.atMost(may, this.rights.roles(given.getAuthorities()));
		HttpSession session = request.getSession(false);
		return new Caller(new User(id, owner.username(), owner.name(), roles, true, null),
				this.core.catalogue().effective(Scopes.of(Scopes.ALL), roles), null, signedInAt(given, session),
				(session != null) ? name(session) : null);
	}

	private static Authentication authentication(Caller caller) {
		return UsernamePasswordAuthenticationToken.authenticated(caller, "",
				caller.rights().stream().map((right) -> new SimpleGrantedAuthority("SCOPE_" + right)).toList());
	}

	/**
	 * Returns when somebody last proved who that is, as the sign-in says; else a session
	 * is as old as its sign-in, unless the browser was only remembered.
	 */
	private Instant signedInAt(Authentication given, @Nullable HttpSession session) {
		Instant proven = given.getAuthorities()
			.stream()
			.filter(FactorGrantedAuthority.class::isInstance)
			.map(FactorGrantedAuthority.class::cast)
			.map(FactorGrantedAuthority::getIssuedAt)
			.max(Comparator.naturalOrder())
			.orElse(null);
		if (proven != null) {
			return proven;
		}
		if (this.trust.isRememberMe(given)) {
			return Instant.EPOCH;
		}
		return (session != null) ? Instant.ofEpochMilli(session.getCreationTime()) : Instant.now();
	}

	/**
	 * Whoever never had a token has no row, and looking makes none: an id that nobody
	 * else has, by which the audit tells one from another.
	 */
	private static UUID withoutRow(String hostId) {
		ByteBuffer digest = ByteBuffer.wrap(Sha256.of("owner without a row: " + hostId));
		return new UUID(digest.getLong(), digest.getLong());
	}

	/** A name that opens nothing. */
	private static String name(HttpSession session) {
		return HexFormat.of().formatHex(Sha256.of(session.getId())).substring(0, NAMED_BY);
	}

}
