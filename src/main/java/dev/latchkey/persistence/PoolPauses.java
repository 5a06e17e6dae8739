package dev.latchkey.persistence;

import java.sql.SQLException;
import java.util.Arrays;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Cuts the pauses short that the pool makes between its tries while there is no database.
 * HikariCP waits twice as long after each, up to five seconds, and there is no setting
 * for that: a node would be away for so long after its database is back. The pool takes
 * an interrupt for the end of its attempt, and clears it. If a later version pauses
 * elsewhere, this does nothing.
 */
@Component
class PoolPauses {

	private static final String ADDER = ":connection-adder";

	private static final String PAUSE = "quietlySleep";

	private final DataSource pool;

	PoolPauses(DataSource pool) {
		this.pool = pool;
	}

	/** Who asks for a connection next has the pool try again. */
	@Scheduled(fixedDelay = 500)
	void look() throws SQLException {
		if (this.pool.isWrapperFor(HikariDataSource.class)) {
			HikariDataSource hikari = this.pool.unwrap(HikariDataSource.class);
			HikariPoolMXBean connections = hikari.getHikariPoolMXBean();
			if (connections != null && connections.getTotalConnections() == 0) {
				end(hikari.getPoolName() + ADDER);
			}
		}
	}

	private static void end(String adder) {
		Thread.getAllStackTraces().forEach((thread, stack) -> {
			if (thread.getName().equals(adder)
					&& Arrays.stream(stack).anyMatch((frame) -> frame.getMethodName().equals(PAUSE))) {
				thread.interrupt();
			}
		});
	}

}
