package dev.latchkey.testing;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/**
 * The real database, and a clock that tests can stop.
 */
@TestConfiguration(proxyBeanMethods = false)
@Import({ People.class, Http.class, Routes.class })
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

}
