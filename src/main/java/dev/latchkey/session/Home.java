package dev.latchkey.session;

import java.util.Set;

import dev.latchkey.scope.Role;

/**
 * Where people begin who asked for no page: with their tokens, or with their account if
 * they may see no tokens.
 */
final class Home {

	static final String TOKENS = "/tokens";

	private static final String ACCOUNT = "/account";

	private Home() {
	}

	static String of(Set<Role> roles) {
		return Role.anyIncludes(roles, Role.USER) ? TOKENS : ACCOUNT;
	}

}
