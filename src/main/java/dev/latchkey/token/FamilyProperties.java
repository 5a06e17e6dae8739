package dev.latchkey.token;

import java.time.Duration;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the refresh tokens of one grant can follow each other, from the sign-in on.
 *
 * @param refreshAbsoluteLifetime how long a grant can be refreshed, counted from the
 * sign-in or consent; no refresh token of it lives longer
 */
@ConfigurationProperties("latchkey.oauth")
record FamilyProperties(@DefaultValue("90d") Duration refreshAbsoluteLifetime) {

	FamilyProperties {
		new SettingFaults("latchkey.oauth").requirePositive(refreshAbsoluteLifetime, "refresh-absolute-lifetime")
			.raise();
	}

}
