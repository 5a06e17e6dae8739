package com.example.billing;

import java.util.Optional;
import java.util.Set;

import dev.latchkey.embedded.TokenOwner;
import dev.latchkey.embedded.TokenOwners;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Whose tokens they are: known by the key of the table, which nobody is given again. */
@Component
class AppUserTokens implements TokenOwners {

	private final AppUserRepository users;

	AppUserTokens(AppUserRepository users) {
		this.users = users;
	}

	@Override
	public Optional<TokenOwner> find(String id) {
		return this.users.findById(Long.valueOf(id))
			.map((user) -> new TokenOwner(id, user.getEmail(), user.getEmail(), user.isEnabled(),
					Set.of("ROLE_" + user.getRole()), AppUserService.details(user)));
	}

	@Override
	public Optional<String> idOf(Authentication signedIn) {
		return this.users.findByEmail(signedIn.getName()).map((user) -> user.getId().toString());
	}

}
