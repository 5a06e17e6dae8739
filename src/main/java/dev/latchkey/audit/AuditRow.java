package dev.latchkey.audit;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An event as pages show it.
 *
 * @param iso when, for programs
 * @param at when, for people
 * @param action what happened
 * @param actor who did it, or a dash
 * @param credential with what, or null
 * @param tokenId the token that it concerns, or null
 * @param ip from where, or a dash
 * @param requestId by which request, or null
 * @param count how many times within a minute
 * @param changes what is different now
 * @param detail more about it than the changes say, or nothing
 */
record AuditRow(String iso, String at, String action, String actor, AuditEvent.@Nullable With credential,
		@Nullable UUID tokenId, String ip, @Nullable String requestId, int count, List<ChangeRow> changes,
		String detail) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.UK)
		.withZone(ZoneOffset.UTC);

	private static final String NOBODY = "–";

	static AuditRow of(AuditEvent event) {
		String actor = (event.actor() != null || event.actorId() == null) ? event.actor() : event.actorId().toString();
		List<ChangeRow> changes = event.changes().stream().map(ChangeRow::of).toList();
		String detail = Objects.requireNonNullElse(event.detail(), "");
		return new AuditRow(event.at().toString(), TIME.format(event.at()), event.action(),
				Objects.requireNonNullElse(actor, NOBODY), event.credential(), event.tokenId(),
				Objects.requireNonNullElse(event.ip(), NOBODY), event.requestId(), event.count(), changes,
				isSaid(detail, changes) ? "" : detail);
	}

	private static boolean isSaid(String detail, List<ChangeRow> changes) {
		return changes.stream()
			.anyMatch(
					(change) -> detail.equals(change.after()) || detail.equals(change.field() + " " + change.after()));
	}

}
