package dev.latchkey.verification;

import dev.latchkey.testing.LatchkeyTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is said of an address at which nothing can be heard, which may hold the password.
 */
@LatchkeyTest
@ExtendWith(OutputCaptureExtension.class)
class ListenerComplaintTests {

	@Autowired
	private ApplicationContext context;

	@Autowired
	private JdbcConnectionDetails details;

	@Autowired
	private JdbcTemplate jdbc;

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:postgresql:///localhost/latchkey?user=me&password=hush-hush",
			"jdbc:postgresql://me:hush-hush@localhost?password=hush-hush",
			"jdbc:postgresql://localhost:1/latchkey?user=me&password=hush-hush" })
	void saysWhyWithoutTheAddress(String url, CapturedOutput output) {
		try (Node node = new Node(this.context, url)) {
			await().until(() -> output.getAll().contains("Changes are not heard"));
			assertThat(node.isBelieving()).isFalse();
		}
		assertThat(output.getAll()).containsPattern("Changes are not heard.*: \\w+Exception, SQLSTATE \\w+")
			.doesNotContain("hush-hush");
	}

	@Test
	void anotherDatabaseThatAnswersIsNotBelieved(CapturedOutput output) {
		this.jdbc.execute("create database another");
		try (Node node = new Node(this.context, urlOf("another"))) {
			await().until(() -> output.getAll().contains("is latchkey.cache.listen-url the database"));
			assertThat(node.isBelieving()).isFalse();
		}
		finally {
			this.jdbc.execute("drop database another with (force)");
		}
	}

	private String urlOf(String database) {
		String own = this.jdbc.queryForObject("select current_database()", String.class);
		return this.details.getJdbcUrl().replace("/" + own, "/" + database);
	}

}
