package dev.latchkey.oauth;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long the tokens of flows live.
 *
 * @param accessTokenLifetime life of an access token
 * @param refreshTokenLifetime life of a refresh token, counted anew at each refresh
 * @param refreshRetryWindow how long a refresh token may be redeemed again by a client
 * that lost the answer; zero for not at all
 */
@Validated
@ConfigurationProperties("latchkey.oauth")
record OAuthProperties(@DefaultValue("1d") @NotNull Duration accessTokenLifetime,
		@DefaultValue("30d") @NotNull Duration refreshTokenLifetime,
		@DefaultValue("10s") @NotNull Duration refreshRetryWindow) {

}
