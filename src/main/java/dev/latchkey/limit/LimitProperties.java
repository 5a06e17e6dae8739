package dev.latchkey.limit;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much is too much.
 *
 * @param enabled whether there are limits at all
 * @param token requests a minute with a token that has no limit of its own
 */
@ConfigurationProperties("latchkey.limits")
record LimitProperties(@DefaultValue("true") boolean enabled, @DefaultValue("600") int token) {

	LimitProperties {
		new SettingFaults("latchkey.limits").require(token > 0, "token", "1 or more").raise();
	}

}
