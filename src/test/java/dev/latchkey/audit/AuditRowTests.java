package dev.latchkey.audit;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.Change;
import org.junit.jupiter.api.Test;

import org.springframework.context.i18n.LocaleContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A detail is left out of the page only where a change says the very same.
 */
class AuditRowTests {

	@Test
	void aDetailThatAChangeSaysIsNotSaidTwice() {
		assertThat(detail("user:read", new Change("scopes", null, List.of("user:read")))).isEmpty();
		assertThat(detail("successor x1", new Change("successor", null, "x1"))).isEmpty();
	}

	@Test
	void aDetailThatOnlyEndsLikeAChangeStays() {
		assertThat(detail("anna@example.com", new Change("name", "Bert", "com"))).isEqualTo("anna@example.com");
		assertThat(detail("anna", new Change("name", "Bert", "a"))).isEqualTo("anna");
		assertThat(detail("family x1", new Change("successor", null, "x1"))).isEqualTo("family x1");
		assertThat(detail("means nothing", new Change("scopes", List.of("a"), List.of()))).isEqualTo("means nothing");
	}

	@Test
	void aSuccessorThatHasANameIsNotSaidTwiceEither() {
		UUID successor = UUID.randomUUID();
		AuditRow row = row("token.rotated", "successor " + successor,
				new Change("successor", null, successor.toString()), Map.of(successor, "“CI” lkp_…abcd"));
		assertThat(row.detail()).isEmpty();
		assertThat(row.changes()).extracting(ChangeRow::after).containsExactly("“CI” lkp_…abcd");
	}

	@Test
	void timesReasonsAndDetailsAreInTheLanguageOfWhoeverReadsThem() {
		Change end = new Change("expires_at", null, "2026-12-04T00:00:00Z");
		assertThat(row("token.created", "", end, Map.of()).changes()).extracting(ChangeRow::after)
			.containsExactly("3 Dec 2026, 24:00\u00a0UTC");
		assertThat(row("token.refused", "revoked", end, Map.of()).detail()).isEqualTo("revoked");
		LocaleContextHolder.setLocale(Locale.GERMAN);
		try {
			Change reason = new Change("revocation_reason", null, "leaked");
			assertThat(row("token.revoked", "leaked", reason, Map.of())).satisfies((row) -> {
				assertThat(row.detail()).isEmpty();
				assertThat(row.changes()).extracting(ChangeRow::after).containsExactly("in fremde Hände gelangt");
			});
			assertThat(row("token.created", "", end, Map.of()).changes()).extracting(ChangeRow::after)
				.containsExactly("3. Dez. 2026, 24:00\u00a0UTC");
			assertThat(row("token.refused", "revoked", end, Map.of()).detail()).isEqualTo("widerrufen");
			assertThat(row("login.failed", "a@b.example: disabled", end, Map.of()).detail())
				.isEqualTo("a@b.example: deaktiviert");
			assertThat(row("right.refused", "GET /api/users, lacks users:read", end, Map.of()).detail())
				.isEqualTo("GET /api/users, es fehlt users:read");
			assertThat(row("resource.created", "leaked", end, Map.of()).detail()).isEqualTo("leaked");
		}
		finally {
			LocaleContextHolder.resetLocaleContext();
		}
	}

	private static String detail(String detail, Change change) {
		return row("user.renamed", detail, change, Map.of()).detail();
	}

	private static AuditRow row(String action, String detail, Change change, Map<UUID, String> names) {
		return AuditRow.of(new AuditEvent(1, Instant.EPOCH, action, null, null, null, null, null, List.of(change), null,
				null, 1, detail), names);
	}

}
