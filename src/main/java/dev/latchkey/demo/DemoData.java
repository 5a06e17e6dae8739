package dev.latchkey.demo;

import java.util.Set;

import dev.latchkey.oauth.ClientRegistrations;
import dev.latchkey.oauth.ClientSecret;
import dev.latchkey.scope.Role;
import dev.latchkey.user.NewUser;
import dev.latchkey.user.RawPassword;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes the demo's accounts, clients and a few orders, once.
 */
@Component
@Profile("demo")
class DemoData implements ApplicationRunner {

	private final UserService users;

	private final ClientRegistrations clients;

	private final JdbcClient jdbc;

	DemoData(UserService users, ClientRegistrations clients, JdbcClient jdbc) {
		this.users = users;
		this.clients = clients;
		this.jdbc = jdbc;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		account("admin@latchkey.dev", "Ada Admin", "latchkey-admin", Role.SUPERUSER);
		account("test@latchkey.dev", "Tess Test", "latchkey-user", Role.USER);
		client("admin", Role.ADMIN, "admin@latchkey.dev");
		client("frontend", Role.USER, "test@latchkey.dev");
	}

	private void client(String idAndSecret, Role serves, String account) {
		this.users.findByEmail(account)
			.ifPresent(
					(user) -> this.clients.registerOwn(idAndSecret, new ClientSecret(idAndSecret), serves, user.id()));
	}

	private void account(String email, String name, String password, Role role) {
		if (this.users.findByEmail(email).isPresent()) {
			return;
		}
		User made = this.users.create(new NewUser(email, name, new RawPassword(password), Set.of(role)), null);
		for (String item : new String[] { "Brass key", "Door chain", "Spare latch" }) {
			this.jdbc
				.sql("insert into customer_order (id, owner_id, created_at, item, quantity)"
						+ " values (uuidv7(), ?, now(), ?, 1)")
				.params(made.id(), item)
				.update();
		}
	}

}
