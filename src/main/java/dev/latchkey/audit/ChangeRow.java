package dev.latchkey.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.latchkey.caller.Change;
import dev.latchkey.language.Language;
import dev.latchkey.language.Said;
import dev.latchkey.language.Words;
import dev.latchkey.value.Ids;
import dev.latchkey.value.InvalidValueException;
import dev.latchkey.value.Times;
import org.jspecify.annotations.Nullable;

/**
 * A changed field as pages show it.
 *
 * @param field its name, for programs
 * @param title what it is called
 * @param before what stood there, or null for nothing
 * @param after what stands there now
 * @param tokenId the token that stands there now, or null if it is something else
 * @param moments how a script writes the moments that stood and stand there into the
 * reader's zone, or null if they are none
 */
record ChangeRow(String field, String title, @Nullable String before, String after, @Nullable UUID tokenId,
		@Nullable Moments moments) {

	private static final List<String> TOKENS = List.of("successor", "predecessor");

	private static final Map<String, String> MOMENTS = Map.of("expires_at", "end", "not_before", "minute");

	/**
	 * Shows a change.
	 * @param names what tokens are called
	 */
	static ChangeRow of(Change change, Map<UUID, String> names) {
		String after = text(change.field(), change.after()).orElseGet(() -> Words.of("audit.nothing"));
		UUID token = isToken(change) ? Ids.parse(after).orElse(null) : null;
		return new ChangeRow(change.field(), AuditWords.field(change.field()),
				text(change.field(), change.before()).orElse(null),
				(token != null) ? names.getOrDefault(token, after) : after, token, Moments.of(change));
	}

	/**
	 * Returns whether a token stands there now.
	 */
	static boolean isToken(Change change) {
		return TOKENS.contains(change.field());
	}

	/**
	 * Returns what stands in a field as programs read it.
	 */
	static String plain(@Nullable Object value) {
		return (value instanceof List<?> entries)
				? entries.stream().map(String::valueOf).collect(Collectors.joining(" "))
				: (value != null) ? value.toString() : "";
	}

	private static Optional<String> text(String field, @Nullable Object value) {
		if (value instanceof Boolean truth) {
			return Optional.of(Words.of(truth ? "audit.yes" : "audit.no"));
		}
		String text = plain(value);
		return Optional.of(text).filter((some) -> !some.isEmpty()).map((some) -> switch (field) {
			case "expires_at" -> time(some, Language.current()::end);
			case "not_before" -> time(some, Language.current()::minute);
			case "revocation_reason" -> Said.ofEvent("token.revoked", some);
			default -> some;
		});
	}

	private static String time(String text, Function<Instant, String> written) {
		return moment(text).map(written).orElse(text);
	}

	private static Optional<Instant> moment(String text) {
		try {
			return Optional.of(Times.parse(text));
		}
		catch (InvalidValueException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Moments before and after a change.
	 *
	 * @param kind how they are written: {@code minute}, or {@code end} for what ends with
	 * a day
	 * @param before in RFC 3339, or null for none
	 * @param after likewise
	 */
	record Moments(String kind, @Nullable String before, @Nullable String after) {

		private static @Nullable Moments of(Change change) {
			String kind = MOMENTS.get(change.field());
			return (kind != null) ? new Moments(kind, iso(change.before()), iso(change.after())) : null;
		}

		private static @Nullable String iso(@Nullable Object value) {
			return moment(plain(value)).map(Instant::toString).orElse(null);
		}

	}

}
