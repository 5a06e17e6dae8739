package dev.latchkey.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.language.Language;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Mails that wait in the database. What is put here inside a transaction stands or falls
 * with it. Whoever takes some has them alone for a while; if he does not come back, they
 * are taken again, so that a mail may come twice but is not lost.
 */
class MailQueue {

	/** A mail server that is slower counts as one that does not answer. */
	private static final Duration LEASE = Duration.ofMinutes(5);

	private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);

	private static final int MOST_DOUBLINGS = 8;

	private static final String ABOUT_TOKEN = """
			insert into queued_mail (owner_id, kind, once, token_name, token_hint, token_end, ip, at, due_at)
			select t.owner_id, :kind, :once::text, t.name, t.hint, t.expires_at, :ip::text, :now::timestamptz, :now::timestamptz
			from api_token t join token_owner u on u.id = t.owner_id
			where t.id = :token and u.enabled and (t.kind = 'p' or :flows)
			on conflict do nothing
			""";

	private static final String ABOUT_ACCOUNT = """
			insert into queued_mail (owner_id, kind, once, ip, at, due_at)
			select id, :kind, :once::text, :ip::text, :now::timestamptz, :now::timestamptz
			from token_owner where id = :owner and enabled
			on conflict do nothing
			""";

	private static final String TAKE = """
			update queued_mail set due_at = :until, attempts = attempts + 1 where id = any(array(
			    select id from queued_mail where due_at <= :now and kind = any(:kinds) order by due_at, id limit :most for update skip locked))
			returning id, owner_id, kind, token_name, token_hint, token_end, ip, at, attempts
			""";

	private static final String KEEP_LANGUAGE = """
			insert into reader_language as kept (owner_id, language)
			select id, :language from token_owner where id = :owner
			on conflict (owner_id) do update set language = excluded.language where kept.language <> excluded.language
			""";

	private final JdbcClient jdbc;

	private final Clock clock;

	MailQueue(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Puts a mail about a token, to its owner, if he is enabled.
	 * @param flows whether tokens count that an application holds
	 * @param once what is told only once, or null
	 * @param ip from where it was done, or null
	 */
	void putAboutToken(MailKind kind, UUID tokenId, boolean flows, @Nullable String once, @Nullable String ip) {
		this.jdbc.sql(ABOUT_TOKEN)
			.param("kind", kind.value())
			.param("once", once)
			.param("ip", ip)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("token", tokenId)
			.param("flows", flows)
			.update();
	}

	/**
	 * Puts a mail about an account, to it, if it is enabled.
	 * @param once what is told only once, or null
	 * @param ip from where it was done, or null
	 */
	void putAboutAccount(MailKind kind, UUID ownerId, @Nullable String once, @Nullable String ip) {
		this.jdbc.sql(ABOUT_ACCOUNT)
			.param("kind", kind.value())
			.param("once", once)
			.param("ip", ip)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("owner", ownerId)
			.update();
	}

	/**
	 * Takes mails whose time has come; nobody else has them meanwhile. Kinds that a newer
	 * version has put there wait for one of its nodes.
	 */
	List<QueuedMail> take(int most) {
		Instant now = this.clock.instant();
		return this.jdbc.sql(TAKE)
			.param("now", Timestamp.from(now))
			.param("until", Timestamp.from(now.plus(LEASE)))
			.param("kinds", Stream.of(MailKind.values()).map(MailKind::value).toArray(String[]::new))
			.param("most", most)
			.query((row, number) -> mail(row))
			.list();
	}

	/**
	 * Returns how many wait, up to a number.
	 */
	int waiting(int most) {
		return this.jdbc
			.sql("select count(*) from (select from queued_mail where due_at is not null limit :most) waiting")
			.param("most", most)
			.query(Integer.class)
			.single();
	}

	/**
	 * Notes that these need no further attempt.
	 */
	void done(Collection<QueuedMail> mails) {
		this.jdbc.sql("update queued_mail set due_at = null where id = any(:ids)").param("ids", ids(mails)).update();
	}

	/**
	 * Puts these back until later, each time longer.
	 */
	void postpone(Collection<QueuedMail> mails) {
		int attempts = mails.stream().mapToInt(QueuedMail::attempts).max().orElse(1);
		Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
		this.jdbc.sql("update queued_mail set due_at = :due where id = any(:ids) and due_at is not null")
			.param("due", Timestamp.from(this.clock.instant().plus(pause)))
			.param("ids", ids(mails))
			.update();
	}

	/**
	 * Returns where an account gets its mail, or empty if it may not act any more.
	 */
	Optional<Recipient> recipient(UUID ownerId) {
		return this.jdbc.sql("""
				select o.name, o.username, r.language from token_owner o
				left join reader_language r on r.owner_id = o.id where o.id = :id and o.enabled""")
			.param("id", ownerId)
			.query((row, number) -> new Recipient(row.getString("name"), row.getString("username"),
					Language.ofTag(Objects.toString(row.getString("language"))).orElse(Language.ENGLISH)))
			.optional();
	}

	/**
	 * Keeps in which language an account gets its mail.
	 */
	void keepLanguage(UUID ownerId, Language language) {
		this.jdbc.sql(KEEP_LANGUAGE).param("owner", ownerId).param("language", language.tag()).update();
	}

	private static Long[] ids(Collection<QueuedMail> mails) {
		return mails.stream().map(QueuedMail::id).toArray(Long[]::new);
	}

	private static QueuedMail mail(ResultSet row) throws SQLException {
		Timestamp end = row.getTimestamp("token_end");
		return new QueuedMail(row.getLong("id"), row.getObject("owner_id", UUID.class),
				MailKind.of(row.getString("kind")), row.getString("token_name"), row.getString("token_hint"),
				(end != null) ? end.toInstant() : null, row.getString("ip"), row.getTimestamp("at").toInstant(),
				row.getInt("attempts"));
	}

	/** Somebody who gets mail. */
	record Recipient(String name, String email, Language language) {

	}

}
