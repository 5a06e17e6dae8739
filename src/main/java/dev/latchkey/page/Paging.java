package dev.latchkey.page;

import dev.latchkey.language.Words;
import dev.latchkey.value.Numbers;
import dev.latchkey.value.Totals;

/**
 * Where in a long list a page stands.
 *
 * @param page the page, from 0
 * @param first the number of its first entry, from 1
 * @param last the number of its last entry
 * @param total how many entries there are
 * @param previous whether there is a page before it
 * @param next whether there is a page after it
 */
public record Paging(int page, long first, long last, long total, boolean previous, boolean next) {

	/** How many entries a page has. */
	public static final int SIZE = 20;

	private static final int LAST_PAGE = Totals.BEFORE / SIZE;

	/**
	 * Describes a page that shows so many of all entries.
	 * @param counted how many were counted, up to {@link Totals#COUNTED}
	 */
	public static Paging of(int page, int shown, long counted) {
		long before = (long) page * SIZE;
		long total = Totals.of(counted, before, shown, SIZE);
		return new Paging(page, before + 1, before + shown, total, page > 0,
				before + shown < total && page < LAST_PAGE);
	}

	/**
	 * Returns how many entries there are, as people read it.
	 */
	public String totalInWords() {
		return Words.total(this.total, Totals.EXACT);
	}

	/**
	 * Reads what stands in the address; what is no page is the first one, and what is out
	 * of reach the last that is not.
	 */
	public static int read(String given) {
		return Math.min(Numbers.parse(given).orElse(0), LAST_PAGE);
	}

}
