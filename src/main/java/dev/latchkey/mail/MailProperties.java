package dev.latchkey.mail;

import dev.latchkey.startup.SettingFaults;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of mails. None is sent without {@code spring.mail.host}.
 *
 * @param from the address that mails come from, with a name before it if you like; needed
 * where {@code spring.mail.host} is set
 */
@ConfigurationProperties("latchkey.mail")
record MailProperties(@Nullable String from) {

	MailProperties {
		new SettingFaults("latchkey.mail")
			.require(from == null || isAddress(from), "from", "an address such as Latchkey <tokens@example.com>")
			.raise();
	}

	private static boolean isAddress(String text) {
		try {
			InternetAddress[] addresses = InternetAddress.parse(text, true);
			return addresses.length == 1 && addresses[0].getAddress().indexOf('@') > 0;
		}
		catch (AddressException ex) {
			return false;
		}
	}

}
