package dev.latchkey.web;

import java.util.List;

/**
 * One page of a list, as every list of the API answers.
 *
 * @param items what stands on this page
 * @param page the number of the page, from 0
 * @param size how many items a page has
 * @param total how many items there are on all pages
 */
public record ItemPage<T>(List<T> items, int page, int size, long total) {

	/**
	 * Returns the items as the answer to a query.
	 */
	public static <T> ItemPage<T> of(List<T> items, PageQuery query, long total) {
		return new ItemPage<>(items, query.page(), query.size(), total);
	}

}
