package dev.latchkey.resourceserver.spring;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.latchkey.resourceserver.VerifiedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.Transient;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Somebody who came with a good token. It may what the token may, as {@code SCOPE_x}, and
 * has no role of its owner. Its name is the owner's id. No session keeps it, however the
 * host saves who is calling.
 */
@Transient
public final class LatchkeyAuthentication extends AbstractAuthenticationToken implements OfToken {

	static final String PREFIX = "SCOPE_";

	private static final long serialVersionUID = 1L;

	/** Tokens have few different scopes. */
	private static final int MOST_KNOWN = 1_000;

	private static final Map<Set<String>, List<GrantedAuthority>> KNOWN = new ConcurrentHashMap<>();

	private final VerifiedToken token;

	LatchkeyAuthentication(VerifiedToken token) {
		super(authorities(token.scopes()));
		this.token = token;
		super.setAuthenticated(true);
	}

	private static List<GrantedAuthority> authorities(Set<String> scopes) {
		List<GrantedAuthority> known = KNOWN.get(scopes);
		if (known == null) {
			known = scopes.stream()
				.sorted()
				.<GrantedAuthority>map((scope) -> new SimpleGrantedAuthority(PREFIX + scope))
				.toList();
			if (KNOWN.size() < MOST_KNOWN) {
				KNOWN.put(scopes, known);
			}
		}
		return known;
	}

	/**
	 * Returns what Latchkey says of the token.
	 */
	public VerifiedToken token() {
		return this.token;
	}

	@Override
	public VerifiedToken getPrincipal() {
		return this.token;
	}

	/** The token itself is not kept. */
	@Override
	public String getCredentials() {
		return "";
	}

	@Override
	public String getName() {
		return this.token.subject();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof LatchkeyAuthentication known && this.token.equals(known.token) && super.equals(other);
	}

	@Override
	public int hashCode() {
		return this.token.hashCode();
	}

}
