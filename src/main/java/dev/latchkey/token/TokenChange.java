package dev.latchkey.token;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What to change of a token; null leaves as it is.
 *
 * @param name the new name
 * @param scopes fewer scopes than before
 * @param allowedIps blocks of addresses in CIDR notation; none for anywhere
 */
public record TokenChange(@Nullable String name, @Nullable List<@Nullable String> scopes,
		@Nullable List<@Nullable String> allowedIps) {

}
