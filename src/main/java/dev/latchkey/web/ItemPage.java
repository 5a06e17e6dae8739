package dev.latchkey.web;

import java.util.List;

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

	/**
	 * Returns the items as the answer to a query.
	 * @param counted how many were counted, up to {@link Totals#COUNTED}
	 */
	public static <T> ItemPage<T> of(List<T> items, PageQuery query, long counted) {
		return new ItemPage<>(items, query.page(), query.size(),
				Totals.of(counted, query.offset(), items.size(), query.size()));
	}

}
