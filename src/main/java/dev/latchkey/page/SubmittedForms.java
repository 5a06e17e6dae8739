package dev.latchkey.page;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Remembers which forms were sent, so that none acts twice: not when a page is reloaded,
 * not when somebody goes back, not by a double click.
 */
@Component
class SubmittedForms {

	/** Longer than any session, without which a form is refused anyway. */
	private static final Duration KEPT = Duration.ofDays(7);

	private final JdbcClient jdbc;

	private final Clock clock;

	SubmittedForms(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Notes a form in the transaction of what it does. Of two at once, the second waits
	 * here for the first.
	 * @return whether it is sent for the first time
	 */
	boolean isFirst(UUID form) {
		return this.jdbc.sql("insert into sent_form (id, sent_at) values (:id, :now) on conflict do nothing")
			.param("id", form)
			.param("now", Timestamp.from(this.clock.instant()))
			.update() == 1;
	}

	@Scheduled(fixedDelayString = "PT6H", initialDelayString = "PT10M")
	void forget() {
		this.jdbc.sql("delete from sent_form where sent_at < :before")
			.param("before", Timestamp.from(this.clock.instant().minus(KEPT)))
			.update();
	}

}
