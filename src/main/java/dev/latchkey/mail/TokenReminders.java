package dev.latchkey.mail;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.latchkey.token.TokenLives;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Looks for personal access tokens that end soon, that have ended while they were in use,
 * or that do not work because the longest life has become shorter, and puts a mail about
 * each into the queue, once, whichever node looks. Nobody is reminded of a token that was
 * made for less than the time of the reminder, nor of one that does not work: its end
 * stops nothing, and it cannot be rotated.
 */
class TokenReminders {

	private static final Logger log = LoggerFactory.getLogger(TokenReminders.class);

	private static final Duration DAY = Duration.ofDays(1);

	private static final String PUT = """
			insert into queued_mail (owner_id, kind, once, token_name, token_hint, token_end, at, due_at)
			select t.owner_id, :kind, :kind::text || ':' || t.id, t.name, t.hint, t.expires_at, :now::timestamptz,
			    :now::timestamptz
			from api_token t join token_owner u on u.id = t.owner_id
			where t.expires_at > :from and t.expires_at <= :to and t.kind = 'p' and t.revoked_at is null and u.enabled
			    and t.suspended_at is null and not %s and %s
			on conflict do nothing
			""";

	/** As {@link TokenLives} tells it, who does not count parts of a second. */
	private static final String TOO_LONG = """
			(:longest::bigint is not null
			    and (t.expires_at is null or t.expires_at - t.created_at >= make_interval(secs => :longest::bigint + 1)))""";

	private static final String TELL_OF_TOO_LONG = """
			insert into queued_mail (owner_id, kind, once, token_name, token_hint, token_end, at, due_at)
			select t.owner_id, :kind, :kind::text || ':' || t.id, t.name, t.hint, t.expires_at, :now::timestamptz,
			    :now::timestamptz
			from api_token t join token_owner u on u.id = t.owner_id
			where t.kind = 'p' and u.enabled and t.revoked_at is null and t.suspended_at is null
			    and (t.expires_at is null or t.expires_at > :now) and greatest(t.last_used_at, t.created_at) > :idle
			    and %s and not exists (select from queued_mail q where q.once = :kind::text || ':' || t.id)
			on conflict do nothing
			""".formatted(TOO_LONG);

	private static final String WAS_LONGER = "t.created_at < t.expires_at - make_interval(secs => :seconds)";

	private static final String WAS_USED = "t.last_used_at >= t.expires_at - make_interval(secs => :seconds)";

	private final JdbcClient jdbc;

	private final TokenLives lives;

	private final Clock clock;

	TokenReminders(JdbcClient jdbc, TokenLives lives, Clock clock) {
		this.jdbc = jdbc;
		this.lives = lives;
		this.clock = clock;
	}

	@Scheduled(initialDelay = 60_000, fixedDelay = 600_000)
	void look() {
		try {
			lookNow();
		}
		catch (DataAccessException ex) {
			log.warn("Reminders of the ends of tokens wait for the database: {}", ex.getClass().getSimpleName());
		}
	}

	void lookNow() {
		remind(MailKind.TOKEN_ENDS_IN_14_DAYS, Duration.ofDays(7), Duration.ofDays(14));
		remind(MailKind.TOKEN_ENDS_IN_7_DAYS, DAY, Duration.ofDays(7));
		remind(MailKind.TOKEN_ENDS_TOMORROW, Duration.ZERO, DAY);
		Instant now = this.clock.instant();
		put(MailKind.TOKEN_ENDED_IN_USE, now.minus(DAY), now, WAS_USED, DAY);
		Long longest = longest();
		if (longest != null) {
			this.jdbc.sql(TELL_OF_TOO_LONG)
				.param("kind", MailKind.TOKEN_TOO_LONG.value())
				.param("now", Timestamp.from(now))
				.param("idle", Timestamp.from(this.lives.latestIdleStart(now)))
				.param("longest", longest)
				.update();
		}
	}

	/** Seconds, or null where only new tokens are held to it. */
	private @Nullable Long longest() {
		Duration longest = this.lives.longest().duration();
		return (longest != null) ? longest.toSeconds() : null;
	}

	private void remind(MailKind kind, Duration from, Duration to) {
		Instant now = this.clock.instant();
		put(kind, now.plus(from), now.plus(to), WAS_LONGER, to);
	}

	private void put(MailKind kind, Instant from, Instant to, String condition, Duration length) {
		this.jdbc.sql(PUT.formatted(TOO_LONG, condition))
			.param("kind", kind.value())
			.param("now", Timestamp.from(this.clock.instant()))
			.param("from", Timestamp.from(from))
			.param("to", Timestamp.from(to))
			.param("seconds", length.toSeconds())
			.param("longest", longest())
			.update();
	}

}
