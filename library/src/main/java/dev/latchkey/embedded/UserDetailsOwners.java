package dev.latchkey.embedded;

import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Finds users by their names, where the application says that no name is ever given to
 * somebody else.
 */
class UserDetailsOwners implements TokenOwners {

	private final UserDetailsService users;

	UserDetailsOwners(UserDetailsService users) {
		this.users = users;
	}

	/**
	 * Whoever brings another issuer's token has not signed in: that one may be good for
	 * little, and a token of Latchkey's that is made by it for everything.
	 */
	@Override
	public Optional<String> idOf(Authentication signedIn) {
		boolean broughtToken = signedIn.getAuthorities()
			.stream()
			.anyMatch((authority) -> FactorGrantedAuthority.BEARER_AUTHORITY.equals(authority.getAuthority()));
		return broughtToken ? Optional.empty() : Optional.of(signedIn.getName());
	}

	@Override
	public Optional<TokenOwner> find(String id) {
		try {
			UserDetails user = this.users.loadUserByUsername(id);
			return Optional.of(new TokenOwner(id, user.getUsername(), user.getUsername(),
					user.isEnabled() && user.isAccountNonExpired(),
					user.getAuthorities()
						.stream()
						.map(GrantedAuthority::getAuthority)
						.filter((authority) -> authority != null)
						.collect(Collectors.toSet()),
					user));
		}
		catch (UsernameNotFoundException ex) {
			return Optional.empty();
		}
	}

}
