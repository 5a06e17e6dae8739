package dev.latchkey.scope;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Writes rights and roles as the authorities that Spring Security understands.
 */
public final class ScopeAuthorities {

	private static final String SCOPE = "SCOPE_";

	private static final String ROLE = "ROLE_";

	private ScopeAuthorities() {
	}

	/**
	 * Returns an immutable list: {@code SCOPE_name} for each right, {@code ROLE_NAME} for
	 * each role held or included.
	 */
	public static List<GrantedAuthority> of(Set<String> rights, Collection<Role> roles) {
		List<GrantedAuthority> authorities = new ArrayList<>();
		rights.forEach((right) -> authorities.add(new SimpleGrantedAuthority(SCOPE + right)));
		for (Role role : Role.values()) {
			if (Role.anyIncludes(roles, role)) {
				authorities.add(new SimpleGrantedAuthority(ROLE + role));
			}
		}
		return List.copyOf(authorities);
	}

	static boolean hasScope(Collection<? extends GrantedAuthority> authorities, String scope) {
		for (GrantedAuthority authority : authorities) {
			String name = authority.getAuthority();
			if (name != null && name.length() == SCOPE.length() + scope.length() && name.startsWith(SCOPE)
					&& name.endsWith(scope)) {
				return true;
			}
		}
		return false;
	}

	static boolean hasRole(Collection<? extends GrantedAuthority> authorities, Role role) {
		String wanted = ROLE + role;
		return authorities.stream().anyMatch((authority) -> wanted.equals(authority.getAuthority()));
	}

}
