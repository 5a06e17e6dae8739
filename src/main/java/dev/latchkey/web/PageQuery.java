package dev.latchkey.web;

import java.util.ArrayList;
import java.util.List;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.problem.Problems;
import dev.latchkey.value.FieldFault;
import dev.latchkey.value.Numbers;
import dev.latchkey.value.Totals;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted, and which is read: no list is read further than
 * {@link Totals#BEFORE} reaches. {@link ItemPage} answers for both.
 *
 * @param page the number of the page to read, from 0: the one that is wanted, or the last
 * within reach
 * @param size how many items a page has, 1 to 100
 * @param wanted the number of the page that is wanted
 */
public record PageQuery(int page, int size, int wanted) {

	static final String PAGE = "page";

	static final String SIZE = "size";

	private static final int DEFAULT_SIZE = 20;

	private static final int MAX_SIZE = 100;

	private static final int MAX_PAGE = 1_000_000;

	/**
	 * Reads the two parameters of a request.
	 * @throws ProblemException if one is no number or out of its range
	 */
	public static PageQuery of(@Nullable String page, @Nullable String size) {
		List<FieldFault> faults = new ArrayList<>();
		int number = read(PAGE, page, 0, 0, MAX_PAGE, faults);
		int count = read(SIZE, size, DEFAULT_SIZE, 1, MAX_SIZE, faults);
		if (!faults.isEmpty()) {
			throw new ProblemException(ProblemCode.VALIDATION_FAILED, Problems.INVALID_FIELDS, faults);
		}
		return new PageQuery(Math.min(number, Totals.BEFORE / count), count, number);
	}

	/**
	 * Returns how many items stand before the page to read.
	 */
	public int offset() {
		return this.page * this.size;
	}

	private static int read(String field, @Nullable String given, int otherwise, int min, int max,
			List<FieldFault> faults) {
		if (given == null) {
			return otherwise;
		}
		int value = Numbers.parse(given).orElse(min - 1);
		if (value >= min && value <= max) {
			return value;
		}
		faults.add(new FieldFault(field, "must be a whole number from %d to %d".formatted(min, max)));
		return otherwise;
	}

}
