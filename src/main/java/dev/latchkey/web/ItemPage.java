package dev.latchkey.web;

import java.util.List;

import dev.latchkey.problem.ProblemException;
import dev.latchkey.value.Totals;

/**
 * One page of a list, as every list of the API answers.
 *
 * @param items what stands on this page
 * @param page the number of the page, from 0
 * @param size how many items a page has
 * @param total how many items there are on all pages; of very many, see {@link Totals}
 */
public record ItemPage<T>(List<T> items, int page, int size, long total) {

	private static final String TOO_FAR = "must have at most " + Totals.BEFORE
			+ " items before it; narrow the list by its filters, or take all of it as application/x-ndjson where the"
			+ " route has that";

	/**
	 * Returns the items as the answer to a query. Of a page that was out of reach it is
	 * known from the last one within whether the list goes on.
	 * @param items what stands on the page that was read
	 * @param counted how many were counted, up to {@link Totals#COUNTED}
	 * @throws ProblemException if the list goes on beyond what is within reach, and the
	 * page was to be there
	 */
	public static <T> ItemPage<T> of(List<T> items, PageQuery query, long counted) {
		boolean reached = query.page() == query.wanted();
		if (!reached && items.size() == query.size()) {
			throw ProblemException.invalid(PageQuery.PAGE, TOO_FAR);
		}
		List<T> shown = reached ? items : List.of();
		return new ItemPage<>(shown, query.wanted(), query.size(),
				Totals.of(counted, query.offset(), shown.size(), query.size()));
	}

}
