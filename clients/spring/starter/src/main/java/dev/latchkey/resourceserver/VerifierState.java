package dev.latchkey.resourceserver;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a verifier has done since it began, and how it is.
 *
 * @param proofAge how old the proof is by which kept answers are believed, or null while
 * none are
 * @param kept how many answers are kept
 * @param underWay how many questions are under way
 * @param remembered how many requests were decided from memory
 * @param asked how many questions were asked
 * @param refused how many tokens were not good
 * @param limited how many were used too often
 * @param undecided about how many nobody could tell
 * @param streams how many times the stream was opened
 */
public record VerifierState(@Nullable Duration proofAge, int kept, int underWay, long remembered, long asked,
		long refused, long limited, long undecided, long streams) {

	/**
	 * Returns whether kept answers are believed now; if not, each request is asked about.
	 */
	public boolean isFollowing() {
		return this.proofAge != null;
	}

}
