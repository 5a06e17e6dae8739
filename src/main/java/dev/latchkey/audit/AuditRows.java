package dev.latchkey.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.latchkey.caller.Change;
import dev.latchkey.language.Words;
import dev.latchkey.value.Ids;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes events readable: looks up, once for all, the names of the tokens they tell of.
 */
@Component
class AuditRows {

	private static final String NAMES = "select id, name, hint from api_token"
			+ " where id = any(:ids) and (cast(:owner as uuid) is null or owner_id = :owner)";

	private final JdbcClient jdbc;

	AuditRows(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Makes events readable.
	 * @param owner of whose tokens alone the names are told, or null for administrators
	 */
	List<AuditRow> of(List<AuditEvent> events, @Nullable UUID owner) {
		Map<UUID, String> names = names(events.stream().flatMap((event) -> tokens(event).stream()).distinct().toList(),
				owner);
		return events.stream().map((event) -> AuditRow.of(event, names)).toList();
	}

	private Map<UUID, String> names(List<UUID> ids, @Nullable UUID owner) {
		return ids.isEmpty() ? Map.of() : this.jdbc.sql(NAMES)
			.param("ids", ids.toArray(UUID[]::new))
			.param("owner", owner)
			.query((row, number) -> Map.entry(row.getObject(1, UUID.class), name(row.getString(2), row.getString(3))))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private static String name(String name, @Nullable String hint) {
		String quoted = Words.of("audit.token-name", name);
		return (hint != null) ? quoted + " " + hint : quoted;
	}

	private static List<UUID> tokens(AuditEvent event) {
		List<UUID> tokens = new ArrayList<>();
		Optional.ofNullable(event.tokenId()).ifPresent(tokens::add);
		Optional.ofNullable(event.credential())
			.filter((with) -> with.kind().equals("token"))
			.flatMap((with) -> Ids.parse(with.id()))
			.ifPresent(tokens::add);
		for (Change change : event.changes()) {
			if (ChangeRow.isToken(change)) {
				Ids.parse(String.valueOf(change.after())).ifPresent(tokens::add);
			}
		}
		return tokens;
	}

}
