package dev.latchkey.embedded;

import java.util.Set;

/**
 * A user of the application, as tokens need to know one.
 *
 * @param id by which the application knows the user, and which nobody is given again: the
 * key of a table, not a name or an address that may become somebody else's
 * @param username what {@code Authentication.getName()} says in a request with a token
 * @param name what people call the user
 * @param enabled whether the user may do anything at all. That somebody has typed a wrong
 * password too often is no reason to say no, or anybody could stop the user's jobs
 * @param authorities what the user may do now, as the application's role hierarchy is
 * given it
 * @param principal what {@code @AuthenticationPrincipal} gives in a request with a token
 */
public record TokenOwner(String id, String username, String name, boolean enabled, Set<String> authorities,
		Object principal) {

	public TokenOwner {
		authorities = Set.copyOf(authorities);
	}

}
