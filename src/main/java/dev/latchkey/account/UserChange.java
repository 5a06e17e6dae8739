package dev.latchkey.account;

import java.util.Set;

import dev.latchkey.scope.Role;
import org.jspecify.annotations.Nullable;

/**
 * What to change of an account; null leaves as it is.
 *
 * @param name the new name
 * @param roles the roles to have from now on
 * @param enabled whether the account may act
 * @param password the new password
 * @param keepTokens whether applications' grants and personal tokens outlive a new
 * password; null is no
 */
public record UserChange(@Nullable String name, @Nullable Set<Role> roles, @Nullable Boolean enabled,
		@Nullable RawPassword password, @Nullable Boolean keepTokens) {

	/**
	 * Changes the name alone.
	 */
	public static UserChange ofName(@Nullable String name) {
		return new UserChange(name, null, null, null, null);
	}

}
