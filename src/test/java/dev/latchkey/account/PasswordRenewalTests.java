package dev.latchkey.account;

import java.util.List;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.limit.SignInLimits;
import dev.latchkey.testing.Http;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.Visitor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Contract 5.3 and decision 67: a hash is renewed by a sign-in, once
 * {@code latchkey.passwords.renew} is set and not before.
 */
@LatchkeyTest
class PasswordRenewalTests {

	private static final String RENEWED = "{hmac-bcrypt}";

	@Autowired
	private People people;

	@Autowired
	private Http http;

	@Autowired
	private PasswordLogin usual;

	@Autowired
	private AppUserRepository users;

	@Autowired
	private AccountAddresses addresses;

	@Autowired
	private SignInLimits limits;

	@Autowired
	private ApplicationEventPublisher events;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void aSignInRenewsTheHashAndEndsNothing() {
		User user = this.people.user();
		String before = hash(user);
		Visitor visitor = new Visitor(this.http.base()).signIn(user);
		assertThat(hash(user)).isEqualTo(before).startsWith("{bcrypt}");
		assertThat(renewing().authenticate(Actor.GUEST, user.email(), new RawPassword(People.PASSWORD))).isPresent();
		assertThat(hash(user)).startsWith(RENEWED);
		assertThat(visitor.get("/tokens").statusCode()).isEqualTo(200);
		assertThat(this.usual.authenticate(Actor.GUEST, user.email(), new RawPassword(People.PASSWORD))).isPresent();
		assertThat(this.usual.authenticate(Actor.GUEST, user.email(), new RawPassword("incorrect horse"))).isEmpty();
	}

	@Test
	void whoDoesNotKnowThePasswordRenewsNothing() {
		User user = this.people.user();
		String before = hash(user);
		assertThat(renewing().authenticate(Actor.GUEST, user.email(), new RawPassword("incorrect horse"))).isEmpty();
		assertThat(hash(user)).isEqualTo(before);
	}

	@Test
	void aRenewedHashIsLeftAsItIs() {
		User user = this.people.user();
		renewing().authenticate(Actor.GUEST, user.email(), new RawPassword(People.PASSWORD));
		String renewed = hash(user);
		renewing().authenticate(Actor.GUEST, user.email(), new RawPassword(People.PASSWORD));
		assertThat(hash(user)).isEqualTo(renewed);
	}

	/** As the server has it once the setting is made. */
	private PasswordLogin renewing() {
		PasswordHashes hashes = new PasswordHashes(new PasswordProperties(15, false, true, List.of()));
		return new PasswordLogin(this.users, this.addresses, hashes, this.limits, this.events);
	}

	private String hash(User user) {
		return this.jdbc.queryForObject("select password_hash from app_user where id = ?", String.class, user.id());
	}

}
