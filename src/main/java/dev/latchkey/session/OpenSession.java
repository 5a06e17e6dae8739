package dev.latchkey.session;

import dev.latchkey.page.FormattedTime;
import org.jspecify.annotations.Nullable;

/**
 * A web session of an account, as its owner sees it.
 *
 * @param id by which the form names it; neither the cookie nor its digest
 * @param browser with which browser it began, and on what, in words
 * @param address from where the sign-in came, or null where that is not known
 * @param begun when that was
 * @param lastUsed when the latest request came
 * @param current whether the request under way is one of this session
 */
public record OpenSession(String id, String browser, @Nullable String address, @Nullable FormattedTime begun,
		@Nullable FormattedTime lastUsed, boolean current) {

}
