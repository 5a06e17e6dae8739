package dev.latchkey.leak;

import java.util.List;

import dev.latchkey.caller.User;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.People;
import dev.latchkey.testing.SecretScanner;
import dev.latchkey.testing.TestMailServer.Mail;
import dev.latchkey.testing.TestMailServer.Mailbox;
import dev.latchkey.testing.ThirdSettingsTest;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.token.IssuedToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whose token a scanner has found is told so by mail.
 */
@ThirdSettingsTest
class LeakMailTests {

	private static final String SUBJECT = "A token of yours was found by others and revoked";

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Mailbox mailbox;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void whoseTokenAScannerHasFoundIsToldOnceWhichAndNobodyElseIs() {
		User owner = this.people.user();
		User another = this.people.user();
		IssuedToken found = this.people.token(owner, TokenRequest.of("user:read").named("found"));
		IssuedToken kept = this.people.token(owner, TokenRequest.of("user:read").named("kept"));
		String others = this.people.raw(another, "user:read");
		String raw = found.raw().reveal();
		for (int i = 0; i < 2; i++) {
			assertThat(report(raw)).containsExactly("true_positive");
		}
		await().until(() -> !mails(owner).isEmpty());
		assertThat(mails(owner)).singleElement().satisfies((mail) -> {
			assertThat(mail.from()).isEqualTo("Latchkey <tokens@latchkey.example>");
			assertThat(mail.text()).contains("\"found\"", found.details().hint())
				.doesNotContain(raw, "\"kept\"", kept.details().hint());
		});
		assertThat(queued(owner)).isOne();
		assertThat(queued(another)).isZero();
		assertThat(this.http.get("/api/user", raw).status()).isEqualTo(401);
		assertThat(this.http.get("/api/user", others).status()).isEqualTo(200);
	}

	@Test
	void aReportThatIsNotSignedTellsNobody() {
		User owner = this.people.user();
		String body = entry(this.people.raw(owner, "user:read"));
		assertThat(this.http
			.send("POST", SecretScanningController.PATH, body,
					SecretScanner.headers(SecretScanner.IDENTIFIER, SecretScanner.sign("[]")))
			.status()).isEqualTo(403);
		assertThat(queued(owner)).isZero();
	}

	private List<String> report(String raw) {
		return SecretScanner.report(this.http, entry(raw)).json("[*].label");
	}

	private static String entry(String raw) {
		return "[{\"token\":\"%s\",\"type\":\"latchkey_token\"}]".formatted(raw);
	}

	private List<Mail> mails(User user) {
		return this.mailbox.of(user.email()).stream().filter((mail) -> mail.subject().equals(SUBJECT)).toList();
	}

	private long queued(User user) {
		return this.jdbc.sql("select count(*) from queued_mail where owner_id = ? and kind = 'token-leaked'")
			.param(user.id())
			.query(Long.class)
			.single();
	}

}
