package dev.latchkey.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.Caller;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import dev.latchkey.testing.UserChanges;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * While a service elsewhere is asked about a new password, nobody else waits for a
 * connection to the database because of it.
 */
@LatchkeyTest
class SlowPasswordCheckTests {

	private static final PasswordProperties PROPERTIES = new PasswordProperties(15, true, false, List.of());

	@Autowired
	private AppUserRepository repository;

	@Autowired
	private AccountAddresses addresses;

	@Autowired
	private PasswordHashes hashes;

	@Autowired
	private AdminRules admins;

	@Autowired
	private AccountWrites writes;

	@Autowired
	private PasswordLogin logins;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	/** For each question, whether its thread held something of the database. */
	private final List<Boolean> held = new ArrayList<>();

	@Test
	void noConnectionIsHeldWhileTheQuestionIsAsked() {
		UserService users = users();
		String email = UUID.randomUUID() + "@example.com";
		User made = users.create(Actor.SERVER,
				new NewUser(email, "New", new RawPassword("window under water"), Set.of(Role.USER)));
		users.change(Actor.SERVER, made.id(), UserChanges.ofPassword(new RawPassword("three other words")));
		ProvenPassword proven = this.logins.authenticate(Actor.GUEST, email, new RawPassword("three other words"))
			.orElseThrow();
		assertThat(users.changeOwnPassword(Actor.GUEST, proven, new RawPassword("some words besides"), true))
			.isPresent();
		assertThat(this.held).containsExactly(false, false, false);
		assertThat(this.logins.authenticate(Actor.GUEST, email, new RawPassword("some words besides"))).isPresent();
	}

	/** Nor does a start ask that has nobody to make. */
	@Test
	void noConnectionIsHeldWhileTheFirstAdministratorIsMade() {
		List<UUID> others = this.jdbc
			.queryForList("select id from app_user where enabled and roles ~ 'ADMIN|SUPERUSER'", UUID.class);
		others.forEach((id) -> this.jdbc.update("update app_user set enabled = false where id = ?", id));
		String email = UUID.randomUUID() + "@example.com";
		try {
			FirstAdmin first = new FirstAdmin(users(), new AdminProperties(email, "window under water"));
			first.run(new DefaultApplicationArguments());
			first.run(new DefaultApplicationArguments());
			assertThat(this.held).containsExactly(false);
			assertThat(this.logins.authenticate(Actor.GUEST, email, new RawPassword("window under water"))).isPresent();
		}
		finally {
			others.forEach((id) -> this.jdbc.update("update app_user set enabled = true where id = ?", id));
			this.jdbc.update("delete from app_user where email = ?", email);
		}
	}

	@Test
	void nobodyIsAskedForWhoMayNotSetThePassword() {
		User admin = this.people.admin();
		Caller other = this.people.signedIn(this.people.admin());
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> users().change(other.actor(),
				admin.id(), UserChanges.ofPassword(new RawPassword("three other words"))));
		assertThat(this.held).isEmpty();
	}

	private UserService users() {
		LeakedPasswords leaked = new LeakedPasswords(PROPERTIES, "http://127.0.0.1/nobody/") {

			@Override
			boolean contain(String password) {
				SlowPasswordCheckTests.this.held.add(TransactionSynchronizationManager.isActualTransactionActive()
						|| !TransactionSynchronizationManager.getResourceMap().isEmpty());
				return false;
			}

		};
		return new UserService(this.repository, this.addresses, new PasswordRules(leaked, PROPERTIES), this.hashes,
				this.admins, this.writes);
	}

}
