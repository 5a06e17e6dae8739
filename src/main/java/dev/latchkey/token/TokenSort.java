package dev.latchkey.token;

import java.util.Map;
import java.util.Optional;

/**
 * An order of tokens, always with the id behind it, so that no two pages overlap.
 *
 * @param property the field
 * @param descending whether the highest comes first
 */
public record TokenSort(String property, boolean descending) {

	/** By creation, the latest first. */
	public static final TokenSort NEWEST_FIRST = new TokenSort("created_at", true);

	private static final Map<String, String> COLUMNS = Map.of("created_at", "t.created_at", "name", "lower(t.name)",
			"expires_at", "t.expires_at", "last_used_at", "t.last_used_at");

	/**
	 * Reads the name of a field, with a minus before it for the highest first.
	 */
	public static Optional<TokenSort> parse(String text) {
		boolean descending = text.startsWith("-");
		String property = descending ? text.substring(1) : text;
		return COLUMNS.containsKey(property) ? Optional.of(new TokenSort(property, descending)) : Optional.empty();
	}

	String toSql() {
		String direction = this.descending ? " desc" : " asc";
		return " order by " + COLUMNS.get(this.property) + direction + " nulls last, t.id" + direction;
	}

}
