package dev.latchkey.jwt;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The signing keys at rest.
 */
@Component
class SigningKeyStore {

	/** Any number that no other lock of this database has. */
	private static final long LOCK = 7_236_410_155L;

	private final JdbcClient jdbc;

	SigningKeyStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Lets one node at a time make keys, until its transaction ends; whoever waits for a
	 * node that is frozen gives up.
	 */
	void lock() {
		this.jdbc.sql("select set_config('lock_timeout', '5s', true)").query(String.class).single();
		this.jdbc.sql("select 1 from pg_advisory_xact_lock(?)").param(LOCK).query(Integer.class).single();
	}

	List<StoredKey> published(Instant now) {
		return this.jdbc.sql("select * from oauth_signing_key where published_until > ? order by signs_from, kid")
			.param(Timestamp.from(now))
			.query((row, number) -> new StoredKey(row.getString("kid"), row.getTimestamp("signs_from").toInstant(),
					row.getTimestamp("signs_until").toInstant(), row.getTimestamp("published_until").toInstant(),
					row.getString("public_jwk"), row.getString("sealed_jwk")))
			.list();
	}

	void insert(StoredKey key) {
		this.jdbc.sql("""
				insert into oauth_signing_key (kid, signs_from, signs_until, published_until, public_jwk, sealed_jwk)
				values (:kid, :from, :until, :published, :public, :sealed)
				""")
			.param("kid", key.kid())
			.param("from", Timestamp.from(key.signsFrom()))
			.param("until", Timestamp.from(key.signsUntil()))
			.param("published", Timestamp.from(key.publishedUntil()))
			.param("public", key.publicJwk())
			.param("sealed", key.sealedJwk())
			.update();
	}

	/**
	 * Of the two clocks the one that is behind decides: other nodes may still sign with
	 * what has ended for one that runs ahead.
	 */
	void deleteEnded(Instant now) {
		this.jdbc.sql("delete from oauth_signing_key where published_until <= least(?, now())")
			.param(Timestamp.from(now))
			.update();
	}

	/** A key as it stands in its row. */
	record StoredKey(String kid, Instant signsFrom, Instant signsUntil, Instant publishedUntil, String publicJwk,
			@Nullable String sealedJwk) {

		boolean signsAt(Instant now) {
			return !now.isBefore(this.signsFrom) && now.isBefore(this.signsUntil);
		}

	}

}
