package dev.latchkey.token;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.stereotype.Component;

/**
 * Keeps an account from having more living tokens than its quota. Makers of tokens hold
 * the account together and do not see each other's, so that close to the quota they take
 * turns; the lock for that is the last one that a transaction takes.
 */
@Component
class TokenQuota {

	/**
	 * As the index has it; what ended today is told apart by the rows. The owner is
	 * compared as text, so that no other index seems to help, which would bring all that
	 * the owner ever had.
	 */
	static final String LIVING = """
			select count(*) from (
			    select 1 from api_token
			    where uuid_hash(owner_id) = uuid_hash(?)
			        and coalesce((least(expires_at, revoked_at) at time zone 'UTC')::date, date 'infinity')
			            >= (cast(? as timestamptz) at time zone 'UTC')::date
			        and cast(owner_id as text) = cast(? as text) and coalesce(least(expires_at, revoked_at), 'infinity') > ?
			        and greatest(last_used_at, created_at) > ?
			    limit ?) living
			""";

	private static final String TAKE_TURNS = """
			select 1 from (select pg_advisory_xact_lock(hashtextextended('quota ' || cast(? as text), 0))) taken
			""";

	/** More transactions of one account are not open at once. */
	private static final int CLOSE = 200;

	private final JdbcTemplate jdbc;

	private final TokenProperties properties;

	TokenQuota(JdbcTemplate jdbc, TokenProperties properties) {
		this.jdbc = jdbc;
		this.properties = properties;
	}

	/**
	 * Makes sure that the account may have one more.
	 * @throws QuotaExceededException if it may not
	 */
	void requireRoom(UUID ownerId, Instant now) {
		int quota = this.properties.maxPerOwner();
		if (living(ownerId, now) < quota - CLOSE) {
			return;
		}
		this.jdbc.queryForObject(TAKE_TURNS, Integer.class, ownerId);
		if (living(ownerId, now) >= quota) {
			throw new QuotaExceededException(quota);
		}
	}

	/**
	 * Returns how many more the account may have. Takes turns only close to the quota:
	 * for all accounts of an import the database has too few locks.
	 */
	int room(UUID ownerId, Instant now) {
		int quota = this.properties.maxPerOwner();
		int living = living(ownerId, now);
		if (living >= quota - CLOSE) {
			this.jdbc.queryForObject(TAKE_TURNS, Integer.class, ownerId);
			living = living(ownerId, now);
		}
		return quota - living;
	}

	private int living(UUID ownerId, Instant now) {
		Integer living = this.jdbc.queryForObject(LIVING, Integer.class, ownerId, time(now), ownerId, time(now),
				time(this.properties.idleLifetime().latestEndedStart(now)), this.properties.maxPerOwner());
		return (living != null) ? living : 0;
	}

	private static SqlParameterValue time(Instant instant) {
		return new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE, instant.atOffset(ZoneOffset.UTC));
	}

}
