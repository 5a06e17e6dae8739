package dev.latchkey.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;

/**
 * Writes {@link CsvTable} by RFC 4180, every field in quotes, in the memory that one
 * batch takes. A spreadsheet runs what begins like a formula, whoever wrote it: such a
 * field gets an apostrophe before it, which spreadsheets do not show. Those that split at
 * something else than commas see the beginning of a cell within a field, too.
 */
class CsvConverter extends WrittenConverter<CsvTable> {

	/** Also in their wide forms, which some take for the same. */
	private static final Pattern FORMULA = Pattern.compile("^\\s*[=+\\-@\\t\\r\\n\\uFF1D\\uFF0B\\uFF0D\\uFF20].*",
			Pattern.DOTALL);

	/** Quotes around it, which are doubled, are none there. */
	private static final Pattern FORMULA_WITHIN = Pattern
		.compile("([;|\\t\\r\\n][\\s\"']*+)([=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20])");

	CsvConverter() {
		super(CsvTable.class, new MediaType("text", "csv"));
	}

	@Override
	protected void writeInternal(CsvTable table, HttpOutputMessage output) throws IOException {
		List<List<@Nullable Object>> batch = table.next().get();
		OutputStream body = output.getBody();
		if (isHead()) {
			return;
		}
		body.write(line(table.header()));
		while (!batch.isEmpty()) {
			for (List<@Nullable Object> row : batch) {
				body.write(line(row));
			}
			body.flush();
			batch = table.next().get();
		}
	}

	private static byte[] line(List<? extends @Nullable Object> fields) {
		return fields.stream()
			.map(CsvConverter::field)
			.collect(Collectors.joining(",", "", "\r\n"))
			.getBytes(StandardCharsets.UTF_8);
	}

	static String field(@Nullable Object value) {
		String text = (value != null) ? value.toString() : "";
		String within = FORMULA_WITHIN.matcher(text).replaceAll("$1'$2");
		String harmless = FORMULA.matcher(within).matches() ? "'" + within : within;
		return '"' + harmless.replace("\"", "\"\"") + '"';
	}

}
