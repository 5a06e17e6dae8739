package dev.latchkey.audit;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
 * @param tokenId the token that it concerns, or null
 * @param ip from where, or a dash
 * @param count how many times within a minute
 * @param detail more about it, or nothing
 */
record AuditRow(String iso, String at, String action, String actor, @Nullable UUID tokenId, String ip, int count,
		String detail) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.UK)
		.withZone(ZoneOffset.UTC);

	private static final String NOBODY = "–";

	static AuditRow of(AuditEvent event) {
		String actor = (event.actor() != null || event.actorId() == null) ? event.actor() : event.actorId().toString();
		return new AuditRow(event.at().toString(), TIME.format(event.at()), event.action(),
				Objects.requireNonNullElse(actor, NOBODY), event.tokenId(),
				Objects.requireNonNullElse(event.ip(), NOBODY), event.count(),
				Objects.requireNonNullElse(event.detail(), ""));
	}

}
