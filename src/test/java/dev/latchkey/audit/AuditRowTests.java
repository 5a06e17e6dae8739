package dev.latchkey.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.latchkey.caller.Change;
import org.junit.jupiter.api.Test;

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

	private static String detail(String detail, Change change) {
		return AuditRow
			.of(new AuditEvent(1, Instant.EPOCH, "user.renamed", null, null, null, null, null, List.of(change), null,
					null, 1, detail), Map.of())
			.detail();
	}

}
