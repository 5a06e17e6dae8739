package dev.latchkey.grant;

import java.time.Duration;

import dev.latchkey.startup.SettingFaults;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the tokens of a grant live.
 *
 * @param accessTokenLifetime life of an access token
 * @param refreshTokenLifetime life of a refresh token, counted anew at each refresh
 * @param refreshRetryWindow how long a refresh token may be redeemed again by a client
 * that lost the answer; zero for not at all
 */
@ConfigurationProperties("latchkey.oauth")
record GrantProperties(@DefaultValue("1d") Duration accessTokenLifetime,
		@DefaultValue("30d") Duration refreshTokenLifetime, @DefaultValue("0s") Duration refreshRetryWindow) {

	GrantProperties {
		new SettingFaults("latchkey.oauth").requirePositive(accessTokenLifetime, "access-token-lifetime")
			.requirePositive(refreshTokenLifetime, "refresh-token-lifetime")
			.require(accessTokenLifetime.compareTo(refreshTokenLifetime) <= 0, "access-token-lifetime",
					"no longer than latchkey.oauth.refresh-token-lifetime")
			.raise();
	}

}
