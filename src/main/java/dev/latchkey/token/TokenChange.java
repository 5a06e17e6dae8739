package dev.latchkey.token;

import java.util.List;

import dev.latchkey.value.Clearable;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a token; null leaves as it is.
 *
 * @param name the new name
 * @param scopes fewer scopes than before
 * @param allowedIps blocks of addresses in CIDR notation; none for anywhere
 * @param description what is written about it; empty for nothing
 */
public record TokenChange(@Nullable String name, @Nullable List<@Nullable String> scopes,
		@Clearable(by = "[]") @Nullable List<@Nullable String> allowedIps,
		@Clearable(by = "\"\"") @Nullable String description) {

	/**
	 * Gives it another name and nothing else.
	 */
	public static TokenChange rename(String name) {
		return new TokenChange(name, null, null, null);
	}

}
