package dev.latchkey.limit;

import java.util.List;
import java.util.UUID;

/**
 * What the uses of a token count against. A rotation's successor goes on where the token
 * before it stood, and what was made with a limited token counts against that one, too:
 * else a token had as many requests as it can make tokens.
 *
 * @param familyId the token, or the first of its row of rotations or refreshes
 * @param own its own limit, then those of the tokens above it; none where it has the
 * server's default
 */
public record TokenAllowance(UUID familyId, List<Own> own) {

	/**
	 * A limit that somebody set for a token.
	 *
	 * @param familyId whose it is
	 * @param quota requests a minute
	 */
	public record Own(UUID familyId, int quota) {

	}

}
