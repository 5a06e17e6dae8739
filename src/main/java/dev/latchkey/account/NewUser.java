package dev.latchkey.account;

import java.util.Set;

import dev.latchkey.scope.Role;
import org.jspecify.annotations.Nullable;

/**
 * What an account is made from.
 *
 * @param email the address, unique without regard to case
 * @param name what people call it
 * @param password as {@code latchkey.passwords} wants it
 * @param roles the roles; none is the same as {@link Role#USER}
 */
public record NewUser(@Nullable String email, @Nullable String name, @Nullable RawPassword password,
		@Nullable Set<Role> roles) {

}
