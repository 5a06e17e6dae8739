package dev.latchkey.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import dev.latchkey.testing.LatchkeyTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No request waits for ever on a database whose host drops packets.
 */
@LatchkeyTest
class PoolTests {

	private static final int LONGEST_MILLIS = 60_000;

	@Autowired
	private ObjectProvider<DataSource> pools;

	@Test
	void everyConnectionGivesUpReadingAfterAMinute() throws SQLException {
		List<DataSource> all = this.pools.stream().toList();
		assertThat(all).isNotEmpty();
		for (DataSource pool : all) {
			try (Connection connection = pool.getConnection()) {
				assertThat(connection.getNetworkTimeout()).isBetween(1, LONGEST_MILLIS);
			}
		}
	}

}
