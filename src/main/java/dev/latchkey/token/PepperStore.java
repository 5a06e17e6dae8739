package dev.latchkey.token;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/**
 * What the nodes of one database tell each other of their peppers, and how rows come
 * under a new one. All but the reading takes one lock, inside a transaction.
 */
@Component
class PepperStore {

	/**
	 * Longer than a node decides without having told of itself, whatever its machine did.
	 */
	private static final String LIVING = "seen_at > now() - interval '60 seconds'";

	/**
	 * A node of the version before keeps no row here, and its listener has another name
	 * than those of this one.
	 */
	private static final String LISTENERS_BEFORE = """
			select count(*) from pg_stat_activity
			where datname = current_database() and application_name = 'latchkey-changes'
			""";

	/**
	 * Whoever still decides has heard by then that new tokens are written with a pepper,
	 * so that nobody is kept from writing one as before.
	 */
	private static final String PLAIN_HAVE_ENDED = """
			plain_refused_at is null and begun_at < now() - interval '40 seconds'
			and not exists (select 1 from api_token where length(digest) = 32)
			""";

	private final JdbcTemplate jdbc;

	PepperStore(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	void lock() {
		this.jdbc.query("select pg_advisory_xact_lock(hashtextextended('token peppers', 0))", (row) -> {
		});
	}

	/** Returns whether no other node is moving rows. */
	boolean tryLockMove() {
		return Boolean.TRUE.equals(this.jdbc
			.queryForObject("select pg_try_advisory_xact_lock(hashtextextended('token digests', 0))", Boolean.class));
	}

	/** The lowest number first, which is the oldest. */
	List<KnownPepper> known() {
		return this.jdbc.query("select * from token_pepper order by number",
				(row, index) -> new KnownPepper(row.getInt("number"), row.getString("fingerprint"),
						row.getObject("begun_at") != null, row.getObject("plain_refused_at") != null));
	}

	void add(int number, String fingerprint) {
		this.jdbc.update("insert into token_pepper (number, fingerprint) values (?, ?)", number, fingerprint);
	}

	void renew(UUID node, @Nullable Integer pepper) {
		this.jdbc.update("""
				insert into token_node (id, pepper, seen_at) values (?, ?, now())
				on conflict (id) do update set pepper = excluded.pepper, seen_at = excluded.seen_at
				""", node, pepper);
	}

	void leave(UUID node) {
		this.jdbc.update("delete from token_node where id = ? or seen_at < now() - interval '1 day'", node);
	}

	/** Returns how many nodes run that have another pepper than this one, or none. */
	long countOthers(int pepper) {
		Long others = this.jdbc.queryForObject("""
				select count(*) filter (where pepper is distinct from ?) + (%s)
				from token_node where %s
				""".formatted(LISTENERS_BEFORE, LIVING), Long.class, pepper);
		return (others != null) ? others : 0;
	}

	void begin(int pepper) {
		this.jdbc.update("update token_pepper set begun_at = now() where number = ? and begun_at is null", pepper);
	}

	/**
	 * Returns whether tokens rest under a pepper that is none of these. Of the digests of
	 * each it looks at one part of the index.
	 */
	boolean hasOthers(List<Integer> peppers) {
		return Boolean.TRUE.equals(this.jdbc.queryForObject(
				"""
						select exists(select 1 from token_pepper p
						    where p.begun_at is not null and p.number <> all(cast(? as int[])) and exists(select 1 from api_token t
						        where t.digest >= set_byte('\\x00', 0, p.number)
						        and t.digest <= set_byte(decode(repeat('ff', 33), 'hex'), 0, p.number)
						        and length(t.digest) = 33))
						""",
				Boolean.class, (Object) peppers.toArray(Integer[]::new)));
	}

	/** How many tokens rest under each pepper, those without one under 0. */
	Map<Integer, Long> countByPepper() {
		Map<Integer, Long> counts = new HashMap<>();
		this.jdbc.query("""
				select case when length(digest) = 33 then get_byte(digest, 0) else 0 end as pepper, count(*) as tokens
				from api_token group by 1
				""", (RowCallbackHandler) (row) -> counts.put(row.getInt("pepper"), row.getLong("tokens")));
		return counts;
	}

	List<Row> next(UUID after, int size) {
		return this.jdbc.query("select id, digest from api_token where id > ? order by id limit ?",
				(row, index) -> new Row(row.getObject("id", UUID.class), TokenDigest.ofBytes(row.getBytes("digest"))),
				after, size);
	}

	/**
	 * Writes other digests for the same tokens. Nobody is told: what is remembered of
	 * them is as before.
	 */
	void replace(List<TokenDigest> old, List<TokenDigest> sealed) {
		this.jdbc.query("select set_config('latchkey.told', '101', true)", (row) -> {
		});
		this.jdbc.update("""
				update api_token t set digest = m.sealed
				from unnest(cast(? as bytea[]), cast(? as bytea[])) as m(old, sealed) where t.digest = m.old
				""", bytes(old), bytes(sealed));
	}

	/**
	 * Has rows without a pepper refused from now on, if there are none and nobody writes
	 * them any more. Whoever still does is waited for, and nobody begins to meanwhile. It
	 * looks without the lock first, so that writers are not held in vain.
	 * @return whether that is so now
	 */
	boolean refusePlain(int pepper) {
		if (!Boolean.TRUE.equals(this.jdbc.queryForObject(
				"select %s from token_pepper where number = ?".formatted(PLAIN_HAVE_ENDED), Boolean.class, pepper))) {
			return false;
		}
		this.jdbc.execute("set local lock_timeout = '2s'");
		this.jdbc.execute("lock table api_token in share row exclusive mode");
		return this.jdbc.update("""
				update token_pepper set plain_refused_at = now() where number = ? and %s
				""".formatted(PLAIN_HAVE_ENDED), pepper) > 0;
	}

	private static byte[][] bytes(List<TokenDigest> digests) {
		return digests.stream().map(TokenDigest::bytes).toArray(byte[][]::new);
	}

	/**
	 * A pepper that some node has or had.
	 *
	 * @param number its place among them
	 * @param fingerprint what tells it from others
	 * @param begun whether tokens are kept with it
	 * @param plainRefused whether tokens without one are none from then on
	 */
	record KnownPepper(int number, String fingerprint, boolean begun, boolean plainRefused) {

	}

	/** A token at rest. */
	record Row(UUID id, TokenDigest digest) {

	}

}
