package dev.latchkey.account;

import dev.latchkey.startup.SettingFaults;
import dev.latchkey.value.EmailAddress;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The address and the password of the first administrator. Both are needed: one alone is
 * refused at the start, since whoever set it expects an administrator.
 *
 * @param email address of the first administrator
 * @param password password of the first administrator
 */
@ConfigurationProperties("latchkey.admin")
record AdminProperties(@Nullable String email, @Nullable String password) {

	AdminProperties {
		email = (email == null || email.isBlank()) ? null : email.strip();
		password = (password == null || password.isEmpty()) ? null : password;
		new SettingFaults("latchkey.admin")
			.require(email == null || EmailAddress.find(email).isPresent(), "email",
					"an e-mail address (LATCHKEY_ADMIN_EMAIL)")
			.require(email != null || password == null, "email",
					"set where latchkey.admin.password is (LATCHKEY_ADMIN_EMAIL)")
			.require(password != null || email == null, "password",
					"set where latchkey.admin.email is (LATCHKEY_ADMIN_PASSWORD)")
			.raise();
	}

	@Override
	public String toString() {
		return "AdminProperties[****]";
	}

}
