package dev.latchkey.testing;

import java.time.Duration;

import org.awaitility.Awaitility;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What waits for what in the database.
 */
public final class Locks {

	private Locks() {
	}

	/**
	 * Waits until some transaction waits for another one. It asks on a connection of its
	 * own, so the one that calls may hold what is waited for.
	 */
	public static void awaitWaiter(JdbcClient jdbc) {
		awaitWaiters(jdbc, 1);
	}

	/**
	 * Likewise, until so many wait.
	 */
	public static void awaitWaiters(JdbcClient jdbc, int waiters) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> jdbc.sql("""
				select count(*) from pg_stat_activity
				where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0
				""").query(Integer.class).single() >= waiters);
	}

}
