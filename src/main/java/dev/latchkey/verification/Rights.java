package dev.latchkey.verification;

import java.util.List;
import java.util.Set;

import dev.latchkey.scope.Resources;
import dev.latchkey.scope.Role;
import dev.latchkey.scope.Scopes;

import org.springframework.security.core.GrantedAuthority;

/**
 * What scopes and roles come to together, kept once for all tokens that have the same.
 *
 * @param scopes the scopes written on the token
 * @param resources at which services it is a token
 * @param roles the roles of its owner
 * @param names the scopes that both allow, wildcards resolved
 * @param authorities the same as Spring Security's authorities
 */
record Rights(Scopes scopes, Resources resources, Set<Role> roles, Set<String> names,
		List<GrantedAuthority> authorities) {
}
