package host;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What has ended is deleted after its time, whatever the application schedules.
 */
class PruningTests {

	@Test
	void endedTokensAreDeletedByOneNodeAtATime() {
		String database = Running.newDatabase();
		String token;
		try (Running before = Running.startOn(database, List.of(Shop.class))) {
			token = before.token("anna", "invoices:read");
			before.tokens().revoke(before.token("anna", "invoices:read"));
			JdbcTemplate jdbc = before.bean(JdbcTemplate.class);
			jdbc.update("update latchkey.audit_event set at = now() - interval '500 days'");
			jdbc.update(
					"update latchkey.api_token set revoked_at = now() - interval '31 days' where revoked_at < now()");
		}
		try (Running shop = Running.startOn(database, List.of(Shop.class), "latchkey.tokens.prune.cron=* * * * * *")) {
			JdbcTemplate jdbc = shop.bean(JdbcTemplate.class);
			assertThat(comesTo(jdbc, "select count(*) from latchkey.api_token", 1)).isTrue();
			assertThat(
					comesTo(jdbc, "select count(*) from latchkey.audit_event where at < now() - interval '1 day'", 0))
				.isTrue();
			assertThat(shop.get("/api/invoices", token).statusCode()).isEqualTo(200);
			String begun = jdbc.queryForObject("select begun_at::text from latchkey.pruning", String.class);
			try (Running other = Running.startOn(database, List.of(Shop.class),
					"latchkey.tokens.prune.cron=* * * * * *")) {
				other.tokens().of("anna");
				assertThat(jdbc.queryForObject("select begun_at::text from latchkey.pruning", String.class))
					.isEqualTo(begun);
			}
		}
	}

	/** Asks again and again. */
	private static boolean comesTo(JdbcTemplate jdbc, String count, long wanted) {
		Instant end = Instant.now().plus(Duration.ofSeconds(20));
		while (Instant.now().isBefore(end)) {
			Long found = jdbc.queryForObject(count, Long.class);
			if (found != null && found == wanted) {
				return true;
			}
		}
		return false;
	}

}
