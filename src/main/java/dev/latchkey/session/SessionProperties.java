package dev.latchkey.session;

import java.time.Duration;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long people stay signed in.
 *
 * @param idleTimeout how long a session lives without a request
 * @param maxLifetime how long after the sign-in it ends, used or not
 */
@ConfigurationProperties("latchkey.web.session")
record SessionProperties(@DefaultValue("30m") Duration idleTimeout, @DefaultValue("12h") Duration maxLifetime) {

	SessionProperties {
		new SettingFaults("latchkey.web.session").requirePositive(idleTimeout, "idle-timeout")
			.requirePositive(maxLifetime, "max-lifetime")
			.require(idleTimeout.compareTo(maxLifetime) <= 0, "idle-timeout",
					"no longer than latchkey.web.session.max-lifetime")
			.raise();
	}

}
