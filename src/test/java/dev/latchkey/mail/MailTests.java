package dev.latchkey.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.language.Language;
import dev.latchkey.language.LanguageRead;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.OtherSettingsTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.TestClock;
import dev.latchkey.testing.TestMailServer.Mail;
import dev.latchkey.testing.TestMailServer.Mailbox;
import dev.latchkey.testing.TokenRequest;
import dev.latchkey.token.IssuedToken;
import dev.latchkey.token.Lifetime;
import dev.latchkey.token.TokenLives;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is told what by mail.
 */
@OtherSettingsTest
class MailTests {

	@Autowired
	private Http http;

	@Autowired
	private People people;

	@Autowired
	private Mailbox mailbox;

	@Autowired
	private TokenReminders reminders;

	@Autowired
	private MailDispatch dispatch;

	@Autowired
	private TestClock clock;

	@Autowired
	private TransactionTemplate transactions;

	@Autowired
	private ApplicationEventPublisher events;

	@Autowired
	private JdbcTemplate jdbc;

	@AfterEach
	void takeMailsAgain() {
		this.mailbox.refuse(0);
	}

	@Test
	void whoseTokenIsMadeIsTold() {
		User user = this.people.user();
		IssuedToken token = this.people.token(user, TokenRequest.of("user:read").named("laptop {0} '' ü"));
		Mail mail = awaitMail(user, "A token was made for your account");
		assertThat(mail.from()).isEqualTo("Latchkey <tokens@latchkey.example>");
		assertThat(mail.text()).contains("Hello Some Body", "\"laptop {0} '' ü\"", token.details().hint(), "ends never")
			.doesNotContain(token.raw().reveal());
	}

	@Test
	void mailsAreInTheLanguageThatTheirReaderSawLast() {
		User user = this.people.user();
		this.events.publishEvent(new LanguageRead(user.id(), Language.GERMAN));
		this.people.token(user, TokenRequest.of("user:read").named("Laptop"));
		Mail mail = awaitMail(user, "Für Ihr Konto wurde ein Token erstellt");
		assertThat(mail.text()).contains("Guten Tag Some Body", "„Laptop“", "endet nie");
		this.events.publishEvent(new LanguageRead(user.id(), Language.ENGLISH));
		this.people.token(user, TokenRequest.of("user:read").named("Phone"));
		assertThat(awaitMail(user, "A token was made for your account").text()).contains("Hello Some Body");
	}

	@Test
	void whatDidNotHappenIsNotTold() {
		User user = this.people.user();
		this.transactions.executeWithoutResult((transaction) -> {
			this.people.token(user, TokenRequest.of("user:read").named("undone"));
			transaction.setRollbackOnly();
		});
		assertThat(queued(user)).isZero();
	}

	@Test
	void severalAtOnceAreOneMail() {
		User user = this.people.user();
		this.transactions.executeWithoutResult((transaction) -> {
			for (int i = 0; i < 5; i++) {
				this.people.token(user, TokenRequest.of("user:read").named("token-" + i));
			}
		});
		Mail mail = awaitMail(user, "A token was made for your account");
		assertThat(mail.text()).contains("token-0", "token-1", "token-2", "token-3", "token-4");
	}

	@Test
	void whoseTokenLeaksOrComesBackIsTold() {
		User user = this.people.user();
		IssuedToken leaked = this.people.token(user, "user:read");
		assertThat(
				this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(leaked.raw().reveal())).status())
			.isEqualTo(202);
		Mail mail = awaitMail(user, "A token of yours was found by others and revoked");
		assertThat(mail.text()).contains(leaked.details().hint()).doesNotContain(leaked.raw().reveal());
		String old = this.people.raw(user, "*");
		String next = this.http
			.send("POST", "/api/tokens/current/rotate", null, Map.of("X-Api-Token", List.of("Bearer " + old)))
			.json("token");
		for (int i = 0; i < 3; i++) {
			assertThat(
					this.http.send("GET", "/api/user", null, Map.of("X-Api-Token", List.of("Bearer " + old))).status())
				.isEqualTo(401);
		}
		Mail reuse = awaitMail(user, "A token of yours was used after it had been rotated");
		assertThat(reuse.text()).contains("from 127.0.0.1").doesNotContain(old, next);
	}

	@Test
	void whosePasswordIsSetIsTold() {
		User user = this.people.user();
		String admin = this.people.raw(this.people.superuser(), "*");
		String password = "a battery of other staples";
		assertThat(this.http
			.send("PATCH", "/api/users/" + user.id(), "{\"password\":\"%s\"}".formatted(password),
					Map.of("X-Api-Token", List.of("Bearer " + admin)))
			.status()).isEqualTo(200);
		assertThat(awaitMail(user, "Your password was set").text()).doesNotContain(password, admin);
	}

	@Test
	void whoseAccountIsSignedInToFromANewNetworkIsToldOnce() {
		User user = this.people.user();
		signIn(user, "192.0.2.1");
		signIn(user, "192.0.2.200");
		assertThat(queued(user, "signed-in-elsewhere")).as("the first network of a new account").isZero();
		for (int i = 0; i < 2; i++) {
			signIn(user, "198.51.100.7");
			signIn(user, "198.51.100.8");
			signIn(user, "192.0.2.1");
		}
		assertThat(this.http.send("POST", "/api/login", login(user, "wrong"), from("203.0.113.1")).status())
			.isEqualTo(422);
		Mail mail = awaitMail(user, "Your account was signed in to from another network");
		assertThat(mail.text()).contains("from 198.51.100.7").doesNotContain(People.PASSWORD);
		assertThat(queued(user, "signed-in-elsewhere")).isEqualTo(1);
		signIn(user, "2001:db8:7:7::1");
		signIn(user, "2001:db8:7:7::2");
		assertThat(queued(user, "signed-in-elsewhere")).isEqualTo(2);
	}

	private void signIn(User user, String address) {
		assertThat(this.http.send("POST", "/api/login", login(user, People.PASSWORD), from(address)).status())
			.isEqualTo(201);
	}

	private static String login(User user, String password) {
		return "{\"email\":\"%s\",\"password\":\"%s\",\"token_name\":\"x\",\"scopes\":[\"user:read\"]}"
			.formatted(user.email(), password);
	}

	private static Map<String, List<String>> from(String address) {
		return Map.of("X-Forwarded-For", List.of(address));
	}

	@Test
	void whoseTokenEndsIsRemindedOfEachTimeOnce() {
		User user = this.people.user();
		Instant now = this.clock.stop();
		Instant end = now.plus(Duration.ofDays(30));
		UUID id = this.people.token(user, TokenRequest.of("user:read").named("ends").endingIn(30)).details().id();
		for (int days : List.of(15, 14, 7, 1, 0)) {
			this.clock.stopAt(end.minus(Duration.ofDays(days)));
			if (days == 0) {
				this.jdbc.update("update api_token set last_used_at = expires_at - interval '1 hour' where id = ?", id);
			}
			this.reminders.lookNow();
			this.reminders.lookNow();
			this.dispatch.send();
		}
		this.clock.advance(Duration.ofHours(20));
		this.reminders.lookNow();
		this.dispatch.send();
		for (String subject : List.of("A token of yours ends in two weeks", "A token of yours ends in a week",
				"A token of yours ends within a day", "A token of yours has ended while it was in use")) {
			assertThat(awaitMail(user, subject).text()).as(subject).contains("\"ends\"");
		}
		assertThat(this.mailbox.of(user.email())).hasSize(5);
	}

	@Test
	void nobodyIsRemindedOfWhatIsMadeToBeShortOrWasNotInUseOrHasEndedBefore() {
		User user = this.people.user();
		Instant now = this.clock.stop();
		this.people.token(user, TokenRequest.of("user:read").endingIn(7));
		IssuedToken revoked = this.people.token(user, TokenRequest.of("user:read").endingIn(30));
		this.http.post("/api/tokens/revoke", "{\"tokens\":[\"%s\"]}".formatted(revoked.raw().reveal()));
		this.reminders.lookNow();
		assertThat(queued(user, "token-ends-in-14-days", "token-ends-in-7-days")).isZero();
		for (int days : List.of(7, 20, 30)) {
			this.clock.stopAt(now.plus(Duration.ofDays(days)));
			this.reminders.lookNow();
		}
		assertThat(queued(user, "token-ends-in-14-days", "token-ends-in-7-days", "token-ends-tomorrow",
				"token-ended-in-use"))
			.isZero();
	}

	@Test
	void whoseTokenWasMadeForLongerThanThereMayBeNowIsToldOnceAndGetsNoAdviceToRotateIt() {
		TokenReminders strict = new TokenReminders(JdbcClient.create(this.jdbc),
				new TokenLives(new Lifetime(Duration.ofDays(365)), Duration.ofDays(90),
						new Lifetime(Duration.ofDays(30))),
				this.clock);
		User user = this.people.user();
		User another = this.people.user();
		Instant now = this.clock.stop();
		this.people.token(user, TokenRequest.of("user:read").named("long").endingIn(31));
		this.people.token(user, TokenRequest.of("user:read").named("short").endingIn(30));
		UUID resting = this.people.token(another, TokenRequest.of("user:read").endingIn(31)).details().id();
		this.jdbc.update("update api_token set suspended_at = now() where id = ?", resting);
		for (int days : List.of(1, 20, 25, 31)) {
			this.clock.stopAt(now.plus(Duration.ofDays(days)));
			strict.lookNow();
		}
		assertThat(queued(user, "token-too-long")).isOne();
		assertThat(names(user, "token-too-long")).containsExactly("long");
		assertThat(names(user, "token-ends-in-14-days")).containsExactly("short");
		assertThat(queued(another, "token-too-long", "token-ends-in-14-days", "token-ends-in-7-days")).isZero();
		this.dispatch.send();
		assertThat(awaitMail(user, "A token of yours does not work any more").text())
			.contains("\"long\"", "Make a new token")
			.doesNotContain("\"short\"", "Rotate it");
	}

	private List<String> names(User user, String kind) {
		return this.jdbc.queryForList("select token_name from queued_mail where owner_id = ? and kind = ?",
				String.class, user.id(), kind);
	}

	@Test
	void whoIsDisabledGetsNoMailNotEvenWhatWaits() {
		User user = this.people.user();
		String admin = this.people.raw(this.people.superuser(), "*");
		this.mailbox.refuse(1000);
		this.people.token(user, "user:read");
		assertThat(this.http
			.send("PATCH", "/api/users/" + user.id(), "{\"enabled\":false,\"password\":\"another battery of staples\"}",
					Map.of("X-Api-Token", List.of("Bearer " + admin)))
			.status()).isEqualTo(200);
		this.mailbox.refuse(0);
		this.clock.advance(Duration.ofHours(1));
		Awaitility.await().untilAsserted(() -> assertThat(waiting(user)).isZero());
		assertThat(this.mailbox.of(user.email())).extracting(Mail::subject).doesNotContain("Your password was set");
	}

	@Test
	void whatIsRefusedIsTriedAgainLater() {
		User user = this.people.user();
		this.clock.stop();
		this.mailbox.refuse(1000);
		this.people.token(user, "user:read");
		Awaitility.await().untilAsserted(() -> assertThat(attempts(user)).isEqualTo(1));
		this.dispatch.send();
		assertThat(attempts(user)).isEqualTo(1);
		this.mailbox.refuse(0);
		assertThat(this.mailbox.of(user.email())).isEmpty();
		this.clock.advance(Duration.ofMinutes(10));
		awaitMail(user, "A token was made for your account");
		assertThat(waiting(user)).isZero();
	}

	private Mail awaitMail(User user, String subject) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.mailbox.of(user.email())).extracting(Mail::subject).contains(subject));
		List<Mail> mails = this.mailbox.of(user.email())
			.stream()
			.filter((mail) -> mail.subject().equals(subject))
			.toList();
		assertThat(mails).hasSize(1);
		return mails.get(0);
	}

	private long queued(User user, String... kinds) {
		return this.jdbc.queryForObject(
				"select count(*) from queued_mail where owner_id = ? and (cardinality(?::text[]) = 0 or kind = any(?))",
				Long.class, user.id(), kinds, kinds);
	}

	private long waiting(User user) {
		return this.jdbc.queryForObject("select count(*) from queued_mail where owner_id = ? and due_at is not null",
				Long.class, user.id());
	}

	private int attempts(User user) {
		return this.jdbc.queryForObject("select max(attempts) from queued_mail where owner_id = ?", Integer.class,
				user.id());
	}

}
