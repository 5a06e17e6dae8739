package dev.latchkey.startup;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The name that somebody meant who mistyped it: the one that fewest letters have to be
 * added to, taken from, exchanged in or swapped in.
 */
public final class NearestName {

	private NearestName() {
	}

	/**
	 * Finds the nearest of several names.
	 * @param furthest how many changes make another name of one
	 * @return one of the names, or empty if all are further away
	 */
	public static Optional<String> to(String typed, Collection<String> names, int furthest) {
		String nearest = null;
		int least = furthest + 1;
		for (String name : names) {
			int changes = changes(typed, name);
			if (changes < least) {
				nearest = name;
				least = changes;
			}
		}
		return Optional.ofNullable(nearest);
	}

	// The distance of Damerau and Levenshtein, by three rows of its table.
	private static int changes(String from, String to) {
		int[] before = new int[to.length() + 1];
		int[] last = IntStream.rangeClosed(0, to.length()).toArray();
		for (int i = 1; i <= from.length(); i++) {
			int[] row = new int[to.length() + 1];
			row[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int other = (from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1;
				row[j] = Math.min(last[j - 1] + other, Math.min(last[j], row[j - 1]) + 1);
				if (i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2)
						&& from.charAt(i - 2) == to.charAt(j - 1)) {
					row[j] = Math.min(row[j], before[j - 2] + 1);
				}
			}
			before = last;
			last = row;
		}
		return last[to.length()];
	}

}
