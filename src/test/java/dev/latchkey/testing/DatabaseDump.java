package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * All that a thief of the database would read: every text and every run of bytes, each as
 * characters and in hexadecimal.
 */
public final class DatabaseDump {

	private static final String COLUMNS = """
			select table_name as t, column_name as c, data_type as d from information_schema.columns
			where table_schema = 'public' and data_type in ('text', 'character varying', 'character', 'bytea', 'json', 'jsonb')
			""";

	private DatabaseDump() {
	}

	/**
	 * Reads all of it.
	 */
	public static List<String> read(JdbcTemplate jdbc) {
		List<String> dump = new ArrayList<>();
		for (Map<String, Object> column : jdbc.queryForList(COLUMNS)) {
			String name = "\"%s\"".formatted(column.get("c"));
			String from = " from \"%s\" where %s is not null".formatted(column.get("t"), name);
			if ("bytea".equals(column.get("d"))) {
				dump.addAll(jdbc.queryForList("select encode(%s, 'escape')".formatted(name) + from, String.class));
				dump.addAll(jdbc.queryForList("select encode(%s, 'base64')".formatted(name) + from, String.class));
			}
			else {
				dump.addAll(jdbc.queryForList("select %s::text".formatted(name) + from, String.class));
			}
		}
		return dump;
	}

}
