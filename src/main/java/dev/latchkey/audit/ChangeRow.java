package dev.latchkey.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.latchkey.caller.Change;
import dev.latchkey.language.Words;
import dev.latchkey.value.Ids;
import org.jspecify.annotations.Nullable;

/**
 * A changed field as pages show it.
 *
 * @param field its name, for programs
 * @param title what it is called
 * @param before what stood there, or null for nothing
 * @param after what stands there now
 * @param tokenId the token that stands there now, or null if it is something else
 */
record ChangeRow(String field, String title, @Nullable String before, String after, @Nullable UUID tokenId) {

	private static final List<String> TOKENS = List.of("successor", "predecessor");

	/**
	 * Shows a change.
	 * @param names what tokens are called
	 */
	static ChangeRow of(Change change, Map<UUID, String> names) {
		String after = text(change.after()).orElseGet(() -> Words.of("audit.nothing"));
		UUID token = isToken(change) ? Ids.parse(after).orElse(null) : null;
		return new ChangeRow(change.field(), AuditWords.field(change.field()), text(change.before()).orElse(null),
				(token != null) ? names.getOrDefault(token, after) : after, token);
	}

	/**
	 * Returns whether a token stands there now.
	 */
	static boolean isToken(Change change) {
		return TOKENS.contains(change.field());
	}

	private static Optional<String> text(@Nullable Object value) {
		if (value instanceof Boolean truth) {
			return Optional.of(Words.of(truth ? "audit.yes" : "audit.no"));
		}
		String text = (value instanceof List<?> entries)
				? entries.stream().map(String::valueOf).collect(Collectors.joining(" "))
				: (value != null) ? value.toString() : "";
		return Optional.of(text).filter((some) -> !some.isEmpty());
	}

}
