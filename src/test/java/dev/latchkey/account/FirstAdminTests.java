package dev.latchkey.account;

import java.util.List;
import java.util.UUID;

import dev.latchkey.caller.User;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The first administrator comes from the environment, and only while there is none.
 */
@LatchkeyTest
class FirstAdminTests {

	@Autowired
	private UserService users;

	@Autowired
	private People people;

	@Autowired
	private JdbcTemplate jdbc;

	private final String email = UUID.randomUUID() + "@example.com";

	private List<UUID> others;

	@BeforeEach
	void leaveNoAdministrator() {
		this.others = this.jdbc.queryForList("select id from app_user where enabled and roles ~ 'ADMIN|SUPERUSER'",
				UUID.class);
		this.others.forEach((id) -> this.jdbc.update("update app_user set enabled = false where id = ?", id));
	}

	@AfterEach
	void bringTheOthersBack() {
		this.others.forEach((id) -> this.jdbc.update("update app_user set enabled = true where id = ?", id));
		this.jdbc.update("delete from app_user where email = ?", this.email);
	}

	@Test
	void whereThereIsNoneOneIsMade() {
		start(this.email, "quite long enough");
		assertThat(this.users.findByEmail(this.email)).hasValueSatisfying((made) -> {
			assertThat(made.roles()).containsExactly(dev.latchkey.scope.Role.SUPERUSER);
			assertThat(made.enabled()).isTrue();
		});
	}

	@Test
	void aSecondStartChangesNothing() {
		start(this.email, "quite long enough");
		start(this.email, "another password");
		start("x" + this.email, "quite long enough");
		assertThat(this.users.findByEmail("x" + this.email)).isEmpty();
		assertThat(this.jdbc.queryForObject("select count(*) from app_user where email = ?", Integer.class, this.email))
			.isEqualTo(1);
	}

	@Test
	void whereThereIsOneNoneIsMade() {
		User admin = this.people.admin();
		start(this.email, "quite long enough");
		assertThat(this.users.findByEmail(this.email)).isEmpty();
		this.others.add(admin.id());
	}

	@Test
	void withoutTheSettingsNoneIsMade() {
		start(null, null);
		assertThat(this.users.findByEmail(this.email)).isEmpty();
	}

	@Test
	void aPasswordThatIsTooShortStopsTheStart() {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> start(this.email, "short"))
			.withMessageContaining("LATCHKEY_ADMIN_PASSWORD")
			.withMessageNotContaining("short\"");
	}

	private void start(String address, String password) {
		new FirstAdmin(this.users, new AdminProperties(address, password)).run(new DefaultApplicationArguments());
	}

}
