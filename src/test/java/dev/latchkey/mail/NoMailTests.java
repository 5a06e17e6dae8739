package dev.latchkey.mail;

import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server without {@code spring.mail.host}.
 */
@LatchkeyTest
class NoMailTests {

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private ObjectProvider<MailQueue> queue;

	@Test
	void nothingIsKeptThatNobodySends() {
		this.people.token(this.people.user(), "user:read");
		assertThat(this.jdbc.queryForObject("select count(*) from queued_mail", Long.class)).isZero();
		assertThat(this.queue.getIfAvailable()).isNull();
	}

}
