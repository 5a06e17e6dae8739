package dev.latchkey.testing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.github.bucket4j.TimeMeter;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/**
 * The real database, and a clock that tests can stop.
 */
@TestConfiguration(proxyBeanMethods = false)
@Import({ People.class, Http.class, Apps.class, Routes.class })
public class LatchkeyTestConfiguration {

	@Bean
	static StatementCounter statementCounter() {
		return new StatementCounter();
	}

	@Bean
	JdbcConnectionDetails testDatabase() {
		return TestDatabase.create();
	}

	@Bean
	@Primary
	TestClock testClock() {
		return new TestClock();
	}

	/** Limits count by the same clock. */
	@Bean
	@Primary
	TimeMeter testTime(TestClock clock) {
		return new TimeMeter() {

			@Override
			public long currentTimeNanos() {
				return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
			}

			@Override
			public boolean isWallClockBased() {
				return true;
			}

		};
	}

}
