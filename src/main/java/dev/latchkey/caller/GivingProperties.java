package dev.latchkey.caller;

import java.time.Duration;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fresh a sign-in has to be to give rights.
 *
 * @param reauthenticateAfter after which the password is asked for again before a
 * credential or a right is given
 */
@ConfigurationProperties("latchkey.web")
record GivingProperties(@DefaultValue("1h") Duration reauthenticateAfter) {

	GivingProperties {
		new SettingFaults("latchkey.web").requirePositive(reauthenticateAfter, "reauthenticate-after").raise();
	}

}
