package dev.latchkey.account;

import java.util.Locale;
import java.util.Set;

import dev.latchkey.scope.Role;
import dev.latchkey.startup.StartupFailure;
import dev.latchkey.value.InvalidFieldsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Makes the first administrator from {@code LATCHKEY_ADMIN_EMAIL} and
 * {@code LATCHKEY_ADMIN_PASSWORD} while there is none, so that nobody starts with a known
 * password.
 */
@Component
class FirstAdmin implements ApplicationRunner {

	private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);

	private final UserService users;

	private final AdminProperties admin;

	FirstAdmin(UserService users, AdminProperties admin) {
		this.users = users;
		this.admin = admin;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		NewUser wanted = wanted(this.admin);
		if (wanted == null) {
			return;
		}
		try {
			this.users.createFirst(wanted)
				.ifPresent((made) -> log.info("Made the first administrator, {}", made.email()));
		}
		catch (InvalidFieldsException ex) {
			throw refused(ex);
		}
		catch (PasswordUncheckedException ex) {
			throw new StartupFailure("The first administrator cannot be made: nobody can tell now whether"
					+ " LATCHKEY_ADMIN_PASSWORD has leaked (latchkey.passwords.haveibeenpwned).", ex);
		}
	}

	/** The account that the settings ask for, or null for none. */
	static @Nullable NewUser wanted(AdminProperties admin) {
		String email = admin.email();
		String password = admin.password();
		return (email != null && password != null)
				? new NewUser(email, "Administrator", new RawPassword(password), Set.of(Role.SUPERUSER)) : null;
	}

	static StartupFailure refused(InvalidFieldsException refusal) {
		return new StartupFailure(refusal.faults()
			.stream()
			.map((fault) -> "The first administrator cannot be made: LATCHKEY_ADMIN_%s %s."
				.formatted(fault.field().toUpperCase(Locale.ROOT), fault.message()))
			.toList());
	}

}
