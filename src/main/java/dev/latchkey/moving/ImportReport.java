package dev.latchkey.moving;

import java.util.List;

/**
 * What became of a file of tokens.
 *
 * @param imported how many are new here
 * @param unchanged how many were here before
 * @param refused which lines were not taken, and why
 */
public record ImportReport(int imported, int unchanged, List<Refused> refused) {

	/**
	 * A line that was not taken.
	 *
	 * @param line its number in the file, from 1, which is the header's
	 * @param reason why, in words for people
	 */
	public record Refused(long line, String reason) {

	}

}
