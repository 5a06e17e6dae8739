package dev.latchkey.resourceserver.spring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.resourceserver.TokenVerifier;
import dev.latchkey.resourceserver.Verdict;
import dev.latchkey.resourceserver.VerifiedToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2TokenIntrospectionClaimAccessor;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionAuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.OAuth2IntrospectionException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/**
 * The second way: Spring's own resource server, answered from memory. Three promises are
 * broken by what stands around it: its filter adds what a session has to what the token
 * has, an outage becomes 500, and it says no address, so that tokens which are bound to
 * addresses are refused.
 */
public final class LatchkeyOpaqueTokenIntrospector implements OpaqueTokenIntrospector {

	private final TokenVerifier verifier;

	/**
	 * Makes one, to be a bean of the host.
	 */
	public LatchkeyOpaqueTokenIntrospector(TokenVerifier verifier) {
		this.verifier = verifier;
	}

	@Override
	public OAuth2AuthenticatedPrincipal introspect(String token) {
		Verdict verdict = this.verifier.verify(token, null);
		if (verdict instanceof Verdict.Accepted accepted) {
			return principal(accepted.token());
		}
		if (verdict instanceof Verdict.Refused) {
			throw new BadOpaqueTokenException("The token is not valid");
		}
		throw new OAuth2IntrospectionException("Nobody can tell now whether the token may be used");
	}

	private static OAuth2AuthenticatedPrincipal principal(VerifiedToken token) {
		List<GrantedAuthority> authorities = new ArrayList<>(new LatchkeyAuthentication(token).getAuthorities());
		Map<String, Object> attributes = new HashMap<>(Map.of("active", true, "sub", token.subject(), "scope",
				token.scopes().stream().sorted().toList(), "aud", token.audience()));
		put(attributes, "username", token.username());
		put(attributes, "client_id", token.clientId());
		put(attributes, "jti", token.id());
		put(attributes, "iat", token.issuedAt());
		put(attributes, "exp", token.expiresAt());
		return new Introspected(
				new OAuth2IntrospectionAuthenticatedPrincipal(token.subject(), attributes, authorities));
	}

	private static void put(Map<String, Object> attributes, String name, @Nullable Object value) {
		if (value != null) {
			attributes.put(name, value);
		}
	}

	/** What is known of the token, so that it is told from other people's. */
	private record Introspected(OAuth2IntrospectionAuthenticatedPrincipal known)
			implements
				OAuth2AuthenticatedPrincipal,
				OAuth2TokenIntrospectionClaimAccessor,
				OfToken {

		@Override
		public Map<String, Object> getAttributes() {
			return this.known.getAttributes();
		}

		@Override
		public Map<String, Object> getClaims() {
			return this.known.getClaims();
		}

		@Override
		public Collection<? extends GrantedAuthority> getAuthorities() {
			return this.known.getAuthorities();
		}

		@Override
		public String getName() {
			return this.known.getName();
		}

	}

}
