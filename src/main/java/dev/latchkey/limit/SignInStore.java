package dev.latchkey.limit;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The SQL of attempts to sign in. Times are the database's, since all nodes count here
 * together.
 */
@Component
class SignInStore {

	/** An attempt that is not decided after so long is one of a node that died. */
	private static final String LOST = "f.pending_since < clock_timestamp() - interval '30 seconds'";

	private static final String BEGIN = """
			insert into sign_in_failure as f (key, failures, pending, pending_since, changed_at)
			values (:key, 0, 1, clock_timestamp(), clock_timestamp())
			on conflict (key) do update set
			    failures = f.failures + case when %1$s then f.pending else 0 end,
			    pending = case when %1$s then 0 else f.pending end + 1,
			    pending_since = clock_timestamp()
			where (f.blocked_until is null or f.blocked_until <= clock_timestamp())
			    and (%1$s or f.pending < greatest(:limit - f.failures, 1))
			""".formatted(LOST);

	/** From 1 second, twice as long each time, to 15 minutes. */
	private static final String FAILED = """
			update sign_in_failure set failures = failures + 1, pending = greatest(pending - 1, 0),
			    changed_at = clock_timestamp(),
			    blocked_until = case when failures + 1 >= :limit then clock_timestamp()
			        + interval '1 second' * least(power(2, least(failures + 1 - :limit, 10)), 900) end
			where key = :key
			""";

	private static final String WITHDRAWN = """
			update sign_in_failure set pending = greatest(pending - 1, 0) where key = :key
			""";

	private static final String CLEARED = """
			update sign_in_failure set failures = 0, pending = greatest(pending - 1, 0), blocked_until = null
			where key = :key
			""";

	private static final String STANDING = """
			select exists (select 1 from sign_in_network where account_key = :account and network = :network
			        and seen_at > clock_timestamp() - interval '30 days') as known,
			    (select extract(epoch from blocked_until - clock_timestamp()) from sign_in_failure
			        where key = :account) as account_wait,
			    (select extract(epoch from blocked_until - clock_timestamp()) from sign_in_failure
			        where key = :pair) as pair_wait
			""";

	private static final String SEEN = """
			insert into sign_in_network as n (account_key, network, seen_at)
			values (:account, :network, clock_timestamp())
			on conflict (account_key, network) do update set seen_at = excluded.seen_at
			where n.seen_at < excluded.seen_at - interval '1 day'
			returning xmax = 0 and exists (select 1 from sign_in_network known
			    where known.account_key = :account and known.network <> :network) as elsewhere
			""";

	/** So many networks are known of an account; those seen last stay. */
	private static final int NETWORKS = 100;

	private static final String TOO_MANY_SEEN = """
			delete from sign_in_network where account_key = :account and network in (select network
			    from sign_in_network where account_key = :account order by seen_at desc offset :kept)
			""";

	/** So many rows stay, whatever happens; first those that keep somebody out. */
	private static final int ROWS = 100_000;

	private static final String PRUNE = """
			delete from sign_in_failure where key in (select key from sign_in_failure
			    where (changed_at < clock_timestamp() - interval '1 day'
			            and pending_since < clock_timestamp() - interval '1 minute')
			        or (failures = 0 and pending_since < clock_timestamp() - interval '1 minute')
			    for update skip locked)
			""";

	private static final String PRUNE_TOO_MANY = """
			delete from sign_in_failure where key in (select key from sign_in_failure
			    order by blocked_until desc nulls last, failures desc, changed_at desc offset :kept for update skip locked)
			""";

	/**
	 * The one seen last stays for longer: who comes back from elsewhere after months is
	 * no newcomer.
	 */
	private static final String PRUNE_NETWORKS = """
			delete from sign_in_network n where seen_at < clock_timestamp() - interval '31 days'
			    and (seen_at < clock_timestamp() - interval '400 days' or exists (select 1 from sign_in_network later
			        where later.account_key = n.account_key
			            and (later.seen_at, later.network) > (n.seen_at, n.network)))
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transactions;

	SignInStore(JdbcClient jdbc, TransactionTemplate transactions) {
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	Standing standing(SignInKeys keys) {
		return this.jdbc.sql(STANDING)
			.param("account", keys.account())
			.param("network", keys.network())
			.param("pair", keys.pair())
			.query((row, number) -> new Standing(row.getBoolean("known"), keys.account(), row.getDouble("account_wait"),
					row.getDouble("pair_wait")))
			.single();
	}

	/**
	 * Notes an attempt under all of these, or under none if one of them has no room.
	 */
	boolean begin(List<Count> counts) {
		return Objects.requireNonNull(this.transactions.execute((transaction) -> {
			for (Count count : counts) {
				if (this.jdbc.sql(BEGIN).param("key", count.key()).param("limit", count.limit()).update() == 0) {
					transaction.setRollbackOnly();
					return false;
				}
			}
			return true;
		}));
	}

	void failed(List<Count> counts) {
		this.transactions.executeWithoutResult((transaction) -> {
			for (Count count : counts) {
				this.jdbc.sql(FAILED).param("key", count.key()).param("limit", count.limit()).update();
			}
		});
	}

	void withdrawn(List<Count> counts) {
		this.transactions.executeWithoutResult((transaction) -> {
			for (Count count : counts) {
				this.jdbc.sql(WITHDRAWN).param("key", count.key()).update();
			}
		});
	}

	/**
	 * It clears the count of the pair, and says nothing of what failed elsewhere; where
	 * networks cannot be told apart, it clears the account's.
	 * @param elsewhere what is done in the same transaction if the account is not known
	 * in this network, but in another
	 */
	void succeeded(SignInKeys keys, List<Count> counts, Runnable elsewhere) {
		this.transactions.executeWithoutResult((transaction) -> {
			for (Count count : counts) {
				String settled = (keys.pair() == null || count.key().equals(keys.pair())) ? CLEARED : WITHDRAWN;
				this.jdbc.sql(settled).param("key", count.key()).update();
			}
			String network = keys.network();
			if (network != null && !network.equals(ClientNetwork.UNKNOWN)) {
				see(keys.account(), network, elsewhere);
			}
		});
	}

	private void see(String account, String network, Runnable elsewhere) {
		this.jdbc.sql(SEEN)
			.param("account", account)
			.param("network", network)
			.query(Boolean.class)
			.optional()
			.ifPresent((isElsewhere) -> {
				this.jdbc.sql(TOO_MANY_SEEN).param("account", account).param("kept", NETWORKS).update();
				if (isElsewhere) {
					elsewhere.run();
				}
			});
	}

	void prune() {
		this.jdbc.sql(PRUNE).update();
		this.jdbc.sql(PRUNE_TOO_MANY).param("kept", ROWS).update();
		this.jdbc.sql(PRUNE_NETWORKS).update();
	}

	/**
	 * Where failures are counted.
	 *
	 * @param key what they have in common
	 * @param limit how many there may be
	 */
	record Count(String key, int limit) {

	}

	/**
	 * How things stand before an attempt.
	 *
	 * @param known whether the account has signed in from this network
	 * @param account the account's key
	 * @param accountWait how many seconds the account waits elsewhere
	 * @param pairWait how many seconds it waits here
	 */
	record Standing(boolean known, String account, double accountWait, double pairWait) {

		/** Returns how long the longest of these waits. */
		Duration wait(List<Count> counts) {
			double seconds = counts.stream()
				.mapToDouble((count) -> count.key().equals(this.account) ? this.accountWait : this.pairWait)
				.max()
				.orElse(0);
			return Duration.ofNanos((long) (Math.max(seconds, 0) * 1e9));
		}

	}

}
