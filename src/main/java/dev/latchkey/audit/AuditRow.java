package dev.latchkey.audit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.caller.Change;
import dev.latchkey.language.Language;
import dev.latchkey.language.Said;
import dev.latchkey.language.Words;
import dev.latchkey.value.Ids;
import org.jspecify.annotations.Nullable;

/**
 * An event as pages show it.
 *
 * @param iso when, for programs
 * @param at when, for people
 * @param action what happened, for programs
 * @param title what happened, for people
 * @param actor who did it, or a dash
 * @param credential with what, or null
 * @param with with what, for people: in what words, and what it is called if it has a
 * name
 * @param tokenId the token that it concerns, or null
 * @param token what that token is called, or null where there is none any more
 * @param ip from where, or a dash
 * @param requestId by which request, or null
 * @param count how many times within a minute
 * @param changes what is different now
 * @param detail more about it than the changes say, or nothing
 */
record AuditRow(String iso, String at, String action, String title, String actor, AuditEvent.@Nullable With credential,
		String with, @Nullable UUID tokenId, @Nullable String token, String ip, @Nullable String requestId, int count,
		List<ChangeRow> changes, String detail) {

	private static final String NOBODY = "–";

	/**
	 * Shows an event.
	 * @param names what tokens are called
	 */
	static AuditRow of(AuditEvent event, Map<UUID, String> names) {
		String actor = (event.actor() != null) ? event.actor() : event.actorId();
		List<ChangeRow> changes = event.changes().stream().map((change) -> ChangeRow.of(change, names)).toList();
		String detail = Objects.requireNonNullElse(event.detail(), "");
		return new AuditRow(event.at().toString(), Language.current().second(event.at()), event.action(),
				AuditWords.action(event.action()), Objects.requireNonNullElse(actor, NOBODY), event.credential(),
				with(event.credential(), names), event.tokenId(),
				(event.tokenId() != null) ? names.get(event.tokenId()) : null,
				Objects.requireNonNullElse(event.ip(), NOBODY), event.requestId(), event.count(), changes,
				isSaid(detail, event.changes()) ? "" : Said.ofEvent(event.action(), detail));
	}

	/** Whether somebody did it, and not the server. */
	public boolean hasActor() {
		return !NOBODY.equals(this.actor);
	}

	/** Whether it is known from where. */
	public boolean hasAddress() {
		return !NOBODY.equals(this.ip);
	}

	private static String with(AuditEvent.@Nullable With credential, Map<UUID, String> names) {
		if (credential == null) {
			return "";
		}
		return switch (credential.kind()) {
			case "token" -> Ids.parse(credential.id())
				.flatMap((id) -> Optional.ofNullable(names.get(id)))
				.map((name) -> Words.of("audit.with.named-token", name))
				.orElseGet(() -> Words.of("audit.with.token"));
			case "client" -> Words.of("audit.with.client");
			default -> Words.of("audit.with.session");
		};
	}

	private static boolean isSaid(String detail, List<Change> changes) {
		return changes.stream().anyMatch((change) -> {
			String after = ChangeRow.plain(change.after());
			return detail.equals(after) || detail.equals(change.field() + " " + after);
		});
	}

}
