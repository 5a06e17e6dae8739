package dev.latchkey.audit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.latchkey.caller.Change;
import dev.latchkey.value.Ids;
import org.jspecify.annotations.Nullable;

/**
 * A changed field as pages show it.
 *
 * @param field its name
 * @param before what stood there, or null for nothing
 * @param after what stands there now
 * @param tokenId the token that stands there now, or null if it is something else
 */
record ChangeRow(String field, @Nullable String before, String after, @Nullable UUID tokenId) {

	private static final List<String> TOKENS = List.of("successor", "predecessor");

	private static final String NOTHING = "nothing";

	static ChangeRow of(Change change) {
		String after = text(change.after()).orElse(NOTHING);
		return new ChangeRow(change.field(), text(change.before()).orElse(null), after,
				TOKENS.contains(change.field()) ? Ids.parse(after).orElse(null) : null);
	}

	private static Optional<String> text(@Nullable Object value) {
		String text = (value instanceof List<?> entries)
				? entries.stream().map(String::valueOf).collect(Collectors.joining(" "))
				: (value != null) ? value.toString() : "";
		return Optional.of(text).filter((some) -> !some.isEmpty());
	}

}
