package dev.latchkey.account;

import java.util.Locale;

import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import dev.latchkey.testing.LatchkeyTest;
import dev.latchkey.testing.People;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is looked up without entities is what there is.
 */
@LatchkeyTest
class AccountLookupTests {

	@Autowired
	private AccountLookup accounts;

	@Autowired
	private UserService users;

	@Autowired
	private People people;

	@Test
	void anAccountIsTheOneThatIsFoundThroughEntities() {
		User user = this.people.with(Role.USER, Role.ADMIN);
		assertThat(this.accounts.findByEmail(user.email())).isEqualTo(this.users.findByEmail(user.email())).isPresent();
		assertThat(this.accounts.findByEmail(" " + user.email().toUpperCase(Locale.ROOT) + " "))
			.isEqualTo(this.users.find(user.id()));
	}

	@Test
	void nobodyIsFoundByWhatIsNobodysAddress() {
		assertThat(this.accounts.findByEmail("nobody-has-this@example.com")).isEmpty();
		assertThat(this.accounts.findByEmail("a\0@example.com")).isEmpty();
		assertThat(this.accounts.findByEmail("")).isEmpty();
	}

	@Test
	void whetherSomebodyAdministersIsSaidAlike() {
		assertThat(this.accounts.isAdministered()).isEqualTo(this.users.isAdministered());
	}

}
