package dev.latchkey.moving;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.value.Texts;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.jspecify.annotations.Nullable;

/**
 * A table in the form of RFC 4180, in UTF-8, with a header. What is no such table at all
 * is refused as a whole, and nothing of it is repeated: it may be secrets.
 */
final class CsvTable {

	/** One without an end would be kept in memory as many times over. */
	private static final int MOST_COLUMNS = 1000;

	private static final int MOST_ROWS = 1_000_000;

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	/** What databases write where there is nothing. */
	private static final List<String> NOTHING = List.of("", "NULL", "\\N");

	private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder()
		.setHeader()
		.setSkipHeaderRecord(true)
		.setIgnoreEmptyLines(false)
		.setAllowMissingColumnNames(true)
		.setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
		.get();

	private final String text;

	private CsvTable(String text) {
		this.text = text;
	}

	/**
	 * Reads the bytes, none of which may be anything but text.
	 */
	static CsvTable of(byte[] utf8) {
		String text = Texts.decode(utf8).orElseThrow(() -> malformed("The body is not in UTF-8."));
		requireFewColumns(text);
		return new CsvTable((!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) ? text.substring(1) : text);
	}

	/**
	 * Hands each row on with the number of the line on which it begins.
	 * @param rows takes those that have as many columns as the header
	 * @param misfits takes the numbers of those that have not
	 */
	void read(HeaderCheck check, BiConsumer<Long, Row> rows, BiConsumer<Long, String> misfits) {
		try (CSVParser parser = FORMAT.parse(new StringReader(this.text))) {
			Map<String, Integer> columns = columns(parser.getHeaderNames());
			check.of(columns);
			Iterator<CSVRecord> records = parser.iterator();
			for (int count = 0;; count++) {
				long line = parser.getCurrentLineNumber() + 1;
				if (!records.hasNext()) {
					return;
				}
				if (count == MOST_ROWS) {
					throw new ProblemException(ProblemCode.PAYLOAD_TOO_LARGE,
							"The table has more than %d rows.".formatted(MOST_ROWS));
				}
				CSVRecord one = records.next();
				if (one.size() == parser.getHeaderNames().size()) {
					rows.accept(line, new Row(columns, one));
				}
				else if (one.size() > 1 || !one.get(0).isBlank()) {
					misfits.accept(line, "it has %d columns where the header has %d".formatted(one.size(),
							parser.getHeaderNames().size()));
				}
			}
		}
		catch (IOException | UncheckedIOException ex) {
			throw malformed("The body is no table of comma-separated values (RFC 4180): a quotation mark is not closed,"
					+ " or stands where it may not.");
		}
	}

	/** Without regard to case: databases differ in it. */
	private static Map<String, Integer> columns(List<String> header) {
		Map<String, Integer> columns = new TreeMap<>();
		for (int i = 0; i < header.size(); i++) {
			String name = header.get(i).strip().toLowerCase(Locale.ROOT);
			if (!name.isEmpty() && columns.put(name, i) != null) {
				throw malformed("The header names a column twice.");
			}
		}
		return columns;
	}

	private static void requireFewColumns(String text) {
		int commas = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			commas = (c == ',') ? commas + 1 : ((c == '\n') ? 0 : commas);
			if (commas >= MOST_COLUMNS) {
				throw malformed("A line has more than %d columns.".formatted(MOST_COLUMNS));
			}
		}
	}

	private static ProblemException malformed(String detail) {
		return new ProblemException(ProblemCode.MALFORMED_REQUEST, detail);
	}

	/** Says whether the columns that are needed are there. */
	interface HeaderCheck {

		void of(Map<String, Integer> columns);

	}

	/** A row: what stands in which column. */
	static final class Row {

		private final Map<String, Integer> columns;

		private final CSVRecord cells;

		private Row(Map<String, Integer> columns, CSVRecord cells) {
			this.columns = columns;
			this.cells = cells;
		}

		boolean has(String column) {
			return this.columns.containsKey(column);
		}

		/**
		 * Returns what stands in the first of the columns that is there, or null for
		 * nothing.
		 */
		@Nullable String find(List<String> names) {
			for (String name : names) {
				Integer column = this.columns.get(name);
				if (column != null) {
					String cell = this.cells.get(column).strip();
					return NOTHING.contains(cell) ? null : cell;
				}
			}
			return null;
		}

		@Nullable String find(String column) {
			return find(List.of(column));
		}

		@Override
		public String toString() {
			return "Row[****]";
		}

	}

}
