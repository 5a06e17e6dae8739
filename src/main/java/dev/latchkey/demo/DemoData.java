package dev.latchkey.demo;

import java.util.Set;

import dev.latchkey.account.NewUser;
import dev.latchkey.account.RawPassword;
import dev.latchkey.account.UserService;
import dev.latchkey.client.ClientRegistrations;
import dev.latchkey.client.ClientSecret;
import dev.latchkey.scope.Role;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Makes the demo's accounts and clients, once.
 */
@Component
@Profile("demo")
class DemoData implements ApplicationRunner {

	private final UserService users;

	private final ClientRegistrations clients;

	DemoData(UserService users, ClientRegistrations clients) {
		this.users = users;
		this.clients = clients;
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
		this.users.createWithPublicPassword(new NewUser(email, name, new RawPassword(password), Set.of(role)));
	}

}
