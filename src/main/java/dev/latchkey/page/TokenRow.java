package dev.latchkey.page;

import java.util.List;
import java.util.SortedSet;
import java.util.UUID;

import dev.latchkey.language.Words;
import dev.latchkey.token.TokenDetails;
import dev.latchkey.token.TokenKind;
import dev.latchkey.token.TokenState;
import org.jspecify.annotations.Nullable;

/**
 * A token as the list and its own page show it.
 *
 * @param id the token
 * @param name what the owner calls it
 * @param hint prefix and last characters, or null where it was made elsewhere
 * @param scopes what is written on it
 * @param state where in its life it is, in a word
 * @param alive whether it can still be revoked
 * @param suspended whether it rests
 * @param resumable whether somebody may resume it
 * @param rotatable whether it can be rotated
 * @param expires when it ends, or null for never
 * @param lastUsed when it was last used, or null
 * @param lastUsedIp from where, or null
 * @param marks what its owner should look at
 */
public record TokenRow(UUID id, String name, @Nullable String hint, SortedSet<String> scopes, String state,
		boolean alive, boolean suspended, boolean resumable, boolean rotatable, @Nullable FormattedTime expires,
		@Nullable FormattedTime lastUsed, @Nullable String lastUsedIp, List<TokenWarning> marks) {

	/**
	 * Shows a token as it is now.
	 */
	public static TokenRow of(TokenDetails token, TimeFormatter moments) {
		boolean usable = token.state() == TokenState.ACTIVE || token.state() == TokenState.NOT_YET_ACTIVE;
		boolean suspended = token.state() == TokenState.SUSPENDED;
		boolean alive = usable || suspended;
		return new TokenRow(token.id(), token.name(), token.hint(), token.terms().scopes().names(),
				Words.of("state." + token.state().value()), alive, suspended, suspended && !token.tooLong(),
				usable && !token.history().rotated() && token.kind() == TokenKind.PERSONAL,
				moments.ofEnd(token.terms().expiresAt()), moments.of(token.history().lastUsedAt()),
				token.history().lastUsedIp(), alive ? TokenWarning.of(token, moments) : List.of());
	}

}
