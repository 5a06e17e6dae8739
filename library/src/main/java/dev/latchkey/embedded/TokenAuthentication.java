package dev.latchkey.embedded;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.latchkey.caller.Caller;
import dev.latchkey.verification.VerifiedToken;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.Transient;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * A request with a good token. Its authorities are the token's scopes and nothing of its
 * owner's, so that no rule of the application about roles is met by the narrowest token
 * of an administrator. It is kept in no session.
 */
@Transient
final class TokenAuthentication implements Authentication {

	private static final long serialVersionUID = 1L;

	private static final String SCOPE = "SCOPE_";

	/** Tokens have few different scopes. */
	private static final int MOST_KNOWN = 1_000;

	private static final Map<Set<String>, List<GrantedAuthority>> KNOWN = new ConcurrentHashMap<>();

	private final transient VerifiedToken token;

	private final transient Object principal;

	private final transient List<GrantedAuthority> authorities;

	TokenAuthentication(VerifiedToken token, Object principal) {
		this.token = token;
		this.principal = principal;
		this.authorities = authorities(token.caller().rights());
	}

	private static List<GrantedAuthority> authorities(Set<String> rights) {
		List<GrantedAuthority> known = KNOWN.get(rights);
		if (known == null) {
			known = rights.stream()
				.<GrantedAuthority>map((right) -> new SimpleGrantedAuthority(SCOPE + right))
				.toList();
			if (KNOWN.size() < MOST_KNOWN) {
				KNOWN.put(rights, known);
			}
		}
		return known;
	}

	Caller caller() {
		return this.token.caller();
	}

	@Override
	public List<GrantedAuthority> getAuthorities() {
		return this.authorities;
	}

	@Override
	public Object getCredentials() {
		return "";
	}

	/**
	 * Returns the same for Latchkey's own routes, where the principal is the caller.
	 */
	TokenAuthentication ofCaller() {
		return new TokenAuthentication(this.token, caller());
	}

	/** The token, as it was verified. */
	@Override
	public VerifiedToken getDetails() {
		return this.token;
	}

	/** The user as the application gave it. */
	@Override
	public Object getPrincipal() {
		return this.principal;
	}

	@Override
	public boolean isAuthenticated() {
		return true;
	}

	@Override
	public void setAuthenticated(boolean authenticated) {
		throw new IllegalArgumentException("A verified token stays what it is");
	}

	@Override
	public String getName() {
		return caller().getName();
	}

}
